"""What the pages look like, kept for eyes; and what axe finds in them, which is nothing serious."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.stories.conftest import register

pytestmark = pytest.mark.browser
KEPT = Path(__file__).resolve().parents[2] / "var" / "screenshots"
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
PAGES = {
    "signin": (None, "/accounts/login/"),
    "portal-home": ("contact", "/"),
    "portal-new": ("contact", "/tickets/new/"),
    "portal-ticket": ("contact", "first waiting"),
    "portal-returned": ("contact", "/tickets/1025/"),
    "portal-uncovered": ("stranger@other.example", "first outside the contract"),
    "desk-list": ("engineer", "/desk/"),
    "desk-ticket": ("engineer", "first of mine"),
}

# Words run neither out of a badge or a button nor, with it, off the page.
# The cross of a filter can be pressed a little beside it, too.
SPILLS = """() => [...document.querySelectorAll('#main :is(.chip:not(.chip--filter), .card .btn)')]
  .filter(one => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth - 8)
  .map(one => one.textContent.trim())"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_looked_at_and_has_no_serious_fault_for_those_who_cannot(house, name, size, theme):
    person, path = PAGES[name]
    options = {"viewport": SIZES[size], "color_scheme": theme}
    page = house.enter(person, **options) if person else house.visit(**options).new_page()
    _open(page, path)
    KEPT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=KEPT / f"{name}-{size}-{theme}.png")

    assert (house.complaints, page.evaluate(SPILLS)) == ([], [])
    found = Axe().run(page).response["violations"]
    # Axe styles the page itself, which the content policy refuses and says.
    house.complaints.clear()

    assert [
        (one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}
    ] == []


def test_a_long_title_leaves_the_talk_its_place_on_a_phone_and_is_whole_beside_it(house):
    subject = " ".join(["Журнал выбросов не открывается после обновления"] * 5)[:200]
    number = register(house.enter("contact"), subject)
    page = house.enter("operator", viewport=SIZES["phone"])
    page.goto(f"/desk/tickets/{number}/")

    assert page.evaluate("document.querySelector('.ticket-head').offsetHeight") < 300
    assert page.locator(".side b", has_text="Журнал выбросов").count() == 1


def _open(page, path):
    if path == "first waiting":
        page.goto("/")
        page.locator(".wait a").first.click()
    elif path == "first outside the contract":
        page.goto(f"/tickets/{register(page, 'Отчёт не строится')}/")
    elif path == "first of mine":
        page.goto("/desk/?state=in_work")
        page.goto(page.locator("[data-row] a[href*='/desk/tickets/']").first.get_attribute("href"))
    else:
        page.goto(path)
    page.wait_for_load_state("load")
    assert re.search(r"\S", page.title())
