"""«Связь» and the pages of letters before real eyes: keys, letters that did not arrive, and no barrier axe knows."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.config.conftest import eventually
from tests.parts.letters import letter
from tests.stories.conftest import register

pytestmark = pytest.mark.browser
KEPT = Path(__file__).resolve().parents[2] / "var" / "screenshots"
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
CONTACT = "contact@demo.example"
UNDELIVERED = "/desk/letters/outgoing/?state=failed"
PAGES = {
    "notices": ("contact", "/notices/"),
    "wordings": ("admin", "/desk/wordings/"),
    "wording": ("admin", "/desk/wordings/desk-deadlines.listed/ru/"),
    "wording-invitation": ("admin", "/desk/wordings/customer-person.invited/ru/"),
    "dkim": ("admin", "/desk/mail/dkim/"),
    "mail": ("admin", "/desk/mail/"),
    "mailbox": ("admin", "/desk/mail/mailboxes/new/"),
    "mailbox-lmtp": ("admin", "/desk/mail/mailboxes/new/?way=lmtp"),
    "smtp": ("admin", "/desk/mail/smtp/"),
    "notices-of-the-desk": ("operator", "/notices/"),
    "blocked": ("operator", "/desk/letters/blocked/"),
    "nothing-found": ("operator", "/desk/letters/?state=all&words=чего+нет"),
    "in": ("operator", "/desk/letters/?state=all"),
    "held": ("operator", "/desk/letters/?state=held"),
    "quarantined": ("operator", "/desk/letters/?state=quarantined"),
    "out": ("operator", "/desk/letters/outgoing/"),
    "failed": ("operator", UNDELIVERED),
    "letter": ("operator", "a held one"),
}


def deliver(house, raw):
    return re.search(r"arrival (\d+)", house.asmo("mail", "deliver", "-", said=raw))[1]


def held(house, subject):
    """The address of a letter of nobody we know, once it waits for a person."""
    key = deliver(house, letter("nobody@stranger.example", to="support@localhost", subject=subject, text="Вопрос."))
    page = house.enter("operator")

    def waits():
        page.goto(f"/desk/letters/{key}/")
        return page.locator("[data-key=KeyS]").count()

    eventually(waits)
    return page, f"/desk/letters/{key}/"


def barriers(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_letters_has_no_barrier_and_nothing_spills_over(house, name, size):
    person, path = PAGES[name]
    if path == "a held one":
        _page, path = held(house, f"Кто это {size}")
    page = house.enter(person, viewport=SIZES[size], color_scheme="dark" if size == "phone" else "light")
    page.goto(path)
    KEPT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=KEPT / f"letters-{name}-{size}.png", full_page=True)

    assert house.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(page) == []
    # Axe styles the page itself, which the content policy refuses and says.
    house.complaints.clear()


def test_one_key_decides_about_a_doubtful_letter(house):
    page, address = held(house, "Спорное")
    for key, focused in (("e", "#join-number"), ("t", "#who")):
        page.goto(address)
        page.keyboard.press(key)
        expect(page.locator(focused)).to_be_focused()
    page.goto(address)
    with page.expect_navigation():
        page.keyboard.press("s")
    # The next letter is shown; this one is no spam twice, and it can still be looked at.
    page.goto(address)
    expect(page.locator("[data-key=KeyS]")).to_have_count(0)
    expect(page.locator("[data-key=KeyR]")).to_have_count(1)


def test_the_key_b_blocks_the_sender_of_a_doubtful_letter(house):
    page, address = held(house, "Назойливое")
    with page.expect_navigation():
        page.keyboard.press("b")
    page.goto(address)

    expect(page.locator("[data-key=KeyB]")).to_have_count(0)
    page.goto("/desk/letters/?state=ignored")
    expect(page.locator("body")).to_contain_text("nobody@stranger.example")


def test_letters_the_server_refused_are_sent_once_more_from_the_list(house, post_office):
    post_office.answers = {CONTACT: "554 5.7.1 queue 4F2A1 refused"}
    customer = house.enter("contact")
    number = register(customer, "Не доходит")
    desk = house.enter("operator")

    def refused():
        desk.goto(UNDELIVERED)
        return desk.locator("tbody tr", has_text=number).count()

    eventually(refused)
    desk.screenshot(path=KEPT / "letters-undelivered.png", full_page=True)
    post_office.answers = {}
    desk.click("form[action$='repeats/'] button, button[formaction$='repeats/']")
    eventually(lambda: post_office.of(CONTACT))
    desk.goto(f"/desk/tickets/{number}/")
    assert [str(one["Message-ID"]) for one in post_office.of(CONTACT)] != []


def test_the_page_that_ends_a_kind_of_notices_has_no_barrier(house, post_office):
    number = register(house.enter("contact"), "Отписка")
    desk = house.enter("engineer")
    desk.goto(f"/desk/tickets/{number}/")
    desk.click("form[action$='/work/'] button")

    def leaving():
        return [one["List-Unsubscribe"] for one in post_office.kept if one["List-Unsubscribe"]]

    eventually(leaving)
    page = house.visit(viewport=SIZES["phone"]).new_page()
    page.goto(str(leaving()[0]).strip("<>"))
    page.screenshot(path=KEPT / "letters-unsubscribe.png", full_page=True)
    assert barriers(page) == []
    house.complaints.clear()
