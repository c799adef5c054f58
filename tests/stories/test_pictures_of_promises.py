"""What the pages of calendars, regulations, contracts and dates look like, kept for eyes; and what axe finds in them."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.sla.samples import decree
from tests.stories.test_screenshots import KEPT, SIZES

pytestmark = pytest.mark.browser
# Who looks, where it begins, and the links that are followed from there.
PAGES = {
    "calendars": ("admin", "/desk/calendars/", ()),
    "calendar": ("admin", "/desk/calendars/", ("table a.link",)),
    "calendar-draft": ("admin", "/desk/calendars/1/draft/", ()),
    "regulations": ("admin", "/desk/regulations/", ()),
    "regulation": ("admin", "/desk/regulations/", ("table a.link",)),
    "regulation-draft": ("admin", "/desk/regulations/1/draft/", ()),
    "catalog-versions": ("admin", "/desk/catalog/versions/", ()),
    "catalog-types": ("admin", "/desk/catalog/types/", ()),
    "contracts": ("lead", "/desk/contracts/", ()),
    "contract": ("lead", "/desk/contracts/", ("table a[href*='/contracts/']",)),
    "customer": ("lead", "/desk/customers/", ("a[href='/desk/customers/1/']",)),
    "risks": ("lead", "/desk/deadlines/", ()),
    "load": ("lead", "/desk/load/", ()),
    "portal-organization": ("coordinator", "/organization/", ()),
    "portal-contract": ("coordinator", "/organization/", ("a[href*='/contracts/']",)),
    "portal-installations": ("coordinator", "/installations/", ()),
    "portal-person": ("coordinator", "/organization/", ("a[href*='/people/']:not([href*='new'])",)),
    "portal-date": ("kim", "/", ("a[href*='/tickets/']:has-text('дат'), a[href*='/tickets/']:has-text('срок')",)),
    "portal-offer": ("kim", "/", ("a[href*='/tickets/']:has-text('предложени')",)),
    "portal-why": ("contact", "/tickets/", ("main a[href*='/tickets/1']", "a[href*='/deadline/']")),
}
# No page and no table is wider than its place; tabs and months may be pushed aside.
PAST_THE_EDGE = """() => [document.documentElement, ...document.querySelectorAll('.page, .table-wide')]
  .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => `${one.className}: ${one.scrollWidth}`)"""
PEOPLE = {"kim": "kim@sib.example"}


@pytest.fixture(scope="module")
def signed(house):
    """Everybody signs in once, and a year is loaded and a regulation begun by the pages; neither is published."""
    pages = {who: house.enter(PEOPLE.get(who, who)) for who, _path, _links in PAGES.values()}
    _begin_drafts(pages["admin"])
    return {who: page.context.storage_state() for who, page in pages.items()}


def _begin_drafts(page):
    page.goto("/desk/calendars/1/loading/")
    page.fill("[name=year]", "2025")
    page.fill("[name=text]", decree(2025))
    page.click("#main form[method=post] button.btn--act")
    page.wait_for_url("**/draft/")
    page.goto("/desk/regulations/1/")
    page.locator("form[action$='/drafts/'] button").click()
    page.wait_for_url("**/draft/")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pages_of_promises_can_be_looked_at_and_have_no_serious_fault(house, signed, size, theme):
    # Structure is the same in both themes, colours in both sizes. Axe styles the page itself, which the content policy
    # would refuse and say; the other two walks hold the pages to it.
    looked = (size, theme) in {("desk", "light"), ("phone", "dark")}
    options = {"viewport": SIZES[size], "color_scheme": theme, "bypass_csp": looked}
    windows = {who: house.visit(storage_state=kept, **options).new_page() for who, kept in signed.items()}
    KEPT.mkdir(parents=True, exist_ok=True)
    faults = {}
    for name, (who, path, links) in PAGES.items():
        page = windows[who]
        _walk(page, path, links)
        page.screenshot(path=KEPT / f"{name}-{size}-{theme}.png", full_page=True)
        faults[name] = (_serious(page) if looked else []) + page.evaluate(PAST_THE_EDGE)

    assert {name: found for name, found in faults.items() if found} == {}


def _walk(page, path, links):
    page.goto(path)
    for link in links:
        page.goto(page.locator(link).first.get_attribute("href"))
    page.wait_for_load_state("load")


def _serious(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}]
