"""The phone rings: the card appears, the ticket is made in the call, the hangup closes the entry."""

import json
import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
KEPT = Path(__file__).resolve().parents[2] / "var" / "screenshots"
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
# Тот, кто звонит: «Кама-Металл», инженер-эколог.
KAMA = "83422001041"
SECOND = 1000
PAGES = {
    "calls": ("operator", "/desk/calls/"),
    "call": ("operator", "a missed one"),
    "call-new": ("operator", "/desk/calls/new/?words=8 (342) 200-10-41"),
    "call-search": ("operator", "/desk/calls/new/?words=кама"),
    "call-nobody": ("operator", "/desk/calls/new/?words=8 (495) 777-66-55"),
    "call-new-person": ("operator", "/desk/calls/new/?words=8 (495) 777-66-55&alone=1"),
    "callback-new": ("operator", "/desk/calls/callbacks/new/"),
    "callbacks": ("operator", "/desk/calls/callbacks/"),
    "telephony": ("admin", "/desk/calls/exchanges/"),
}


class Pbx:
    """An exchange that tells of its calls by HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address

    def tell(self, event: str, key: str, **more: str) -> int:
        said = {"event": event, "callId": key, "from": KAMA, "to": "74951234567", "direction": "in"} | more
        request = urllib.request.Request(  # noqa: S310 - the address of the service under test
            self.address, json.dumps(said).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return int(answer.status)


@pytest.fixture(scope="module")
def pbx(house) -> Pbx:
    """The administrator lets an exchange in and types its address there."""
    page = house.enter("admin")
    page.goto("/desk/calls/exchanges/")
    page.fill("[name=name]", "Asterisk в офисе")
    page.click("main form:has([name=name]) button.btn--act")
    address = page.locator(".notice .raw").inner_text()
    page.close()
    return Pbx(address)


def listening(house, who: str, path: str, **options) -> Page:
    """A page of the desk whose stream is open: only then it is told that somebody rings."""
    page = house.enter(who, **options)
    with page.expect_response(lambda answer: answer.url.endswith("/desk/calls/ringing/")):
        page.goto(path)
    return page


def keep(page: Page, name: str) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=KEPT / f"{name}.png")


@pytest.mark.parametrize("size", SIZES)
def test_a_call_becomes_a_ticket_while_it_lasts_and_ends_with_its_length(house, pbx, size):
    operator = listening(house, "operator", "/desk/customers/", viewport=SIZES[size])
    engineer = listening(house, "engineer", "/desk/")

    assert pbx.tell("newCall", f"story-{size}") == 200
    card = operator.locator(".callers .caller")
    expect(card).to_contain_text("Кама-Металл", timeout=SECOND)
    expect(card).to_contain_text("Новое обращение")
    keep(operator, f"call-card-{size}")
    expect(engineer.locator(".callers .caller")).to_have_count(0)
    pbx.tell("answer", f"story-{size}", user="operator@demo.example")
    expect(card).to_contain_text("Вы разговариваете")

    card.get_by_role("link", name="Новое обращение").click()
    subject = f"Не открывается форма по звонку ({size})"
    operator.fill("[name=subject]", subject)
    operator.fill("[name=text]", "Пишет «нет доступа» с самого утра.")
    operator.click("main form[method=post] .form-foot button.btn--act")
    operator.wait_for_url(re.compile(r"/desk/tickets/\d+/$"))
    entry = operator.locator(".timeline [id^=call-]")
    state = entry.locator("[data-call-state]")
    expect(state).to_have_text("идёт разговор")
    expect(operator.locator(".callers .caller")).to_have_count(0)

    pbx.tell("hangup", f"story-{size}", cause="normalClearing")

    expect(state).to_have_text(re.compile(r"^\d:\d\d$"))
    keep(operator, f"call-entry-{size}")


def test_one_event_told_by_many_at_once_is_one_call(house, pbx):
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _n: pbx.tell("newCall", "at-once", **{"from": "84951112233"}), range(24)))
        told += list(pool.map(lambda _n: pbx.tell("hangup", "at-once", **{"from": "84951112233"}), range(24)))
    page = house.enter("operator")
    page.goto("/desk/calls/?words=84951112233")

    expect(page.locator("#calls tbody tr")).to_have_count(1)
    assert set(told) == {200}


def test_a_card_goes_when_another_answers_and_not_now_is_for_oneself(house, pbx):
    page = listening(house, "operator", "/desk/")
    both = {"user": "operator@demo.example", "to": "101"}
    pbx.tell("newCall", "answered-elsewhere", **both)
    card = page.locator(".callers .caller")
    expect(card).to_have_count(1)
    pbx.tell("answer", "answered-elsewhere", user="engineer@demo.example", answeringNumber="engineer@demo.example")
    expect(card).to_have_count(0)

    pbx.tell("newCall", "not-now", **both)
    card.get_by_role("button", name="Не сейчас").click()
    expect(card).to_have_count(0)
    pbx.tell("hangup", "not-now")
    page.goto("/desk/calls/?which=waiting")

    expect(page.locator("#calls tbody tr").first).to_contain_text("пропущен")


def test_a_page_that_is_opened_while_it_rings_shows_the_card(house, pbx):
    pbx.tell("newCall", "rings-already", **{"from": "anonymous"})
    page = listening(house, "operator", "/desk/customers/")

    expect(page.locator(".callers .caller")).to_contain_text("номер скрыт")
    pbx.tell("hangup", "rings-already")
    expect(page.locator(".callers .caller")).to_have_count(0)


def test_without_a_script_the_page_of_calls_shows_who_rings(house, pbx):
    pbx.tell("newCall", "no-script")
    page = house.enter("operator", java_script_enabled=False)
    page.goto("/desk/calls/")

    expect(page.locator(".callers-here .caller")).to_contain_text("Кама-Металл")
    page.click(".callers-here [data-dismiss] button")
    expect(page.locator(".callers-here .caller")).to_have_count(0)
    pbx.tell("hangup", "no-script")


@pytest.fixture(scope="module")
def missed(house, pbx) -> str:
    """A call nobody took, and a promise to call back."""
    pbx.tell("newCall", "missed")
    pbx.tell("hangup", "missed", cause="noAnswer")
    page = house.enter("operator")
    page.goto("/desk/calls/callbacks/new/")
    page.fill("[name=typed]", "8 (342) 200-10-41")
    page.fill("[name=due_at]", "2026-11-20T10:00")
    page.fill("[name=about]", "Рассказать, что с формой 2-ТП")
    page.click("main form button.btn--act")
    expect(page.locator("tbody tr .late")).to_have_count(1)
    page.goto("/desk/calls/?which=waiting")
    address = page.locator("#calls tbody a").first.get_attribute("href")
    page.close()
    return address


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_calls_can_be_looked_at_by_everybody(house, missed, name, size, theme):
    who, path = PAGES[name]
    page = house.enter(who, viewport=SIZES[size], color_scheme=theme)
    page.goto(missed if path.startswith("a ") else path)
    keep(page, f"{name}-{size}-{theme}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = Axe().run(page).response["violations"]
    # Axe styles the page itself, which the content policy refuses and says.
    house.complaints.clear()

    serious = [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}]
    assert (serious, wide <= 0) == ([], True)
