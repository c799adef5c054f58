"""Somebody else changes a ticket: the page shows it and takes nothing from the person who writes."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TICKET = """
<main id="main" data-live-ticket="1042">
  <div id="timeline" data-live-part>{% for n in entries %}<article id="e{{ n }}"><a href="#e{{ n }}" data-dialog="why">Слово {{ n }}</a></article>{% endfor %}</div>
  <form method="post" action="/answer/" data-mode="answer"><textarea name="text" aria-label="Ответ"></textarea></form>
  <dialog id="why">Почему такой срок</dialog>
</main>"""


def change(stage, number=1042):
    stage.tell("change", f'{{"ticket": {number}}}')


def test_a_new_entry_comes_and_the_draft_stays(stage):
    stage.show(TICKET, entries=[1])
    page = stage.open()
    page.locator("textarea").fill("Причину нашли")
    stage.show(TICKET, entries=[1, 2])

    change(stage)

    expect(page.locator("#e2")).to_have_attribute("data-arrived", "")
    expect(page.locator("#e1")).not_to_have_attribute("data-arrived", "")
    expect(page.locator("textarea")).to_have_value("Причину нашли")
    expect(page.locator("textarea")).to_be_focused()


def test_what_came_behaves_like_what_was_there(stage):
    stage.show(TICKET, entries=[1])
    page = stage.open()
    stage.show(TICKET, entries=[1, 2])
    change(stage)

    page.get_by_text("Слово 2").click()

    expect(page.get_by_text("Почему такой срок")).to_be_visible()


def test_a_part_in_use_waits_and_says_so(stage):
    stage.show(TICKET, entries=[1])
    page = stage.open()
    page.locator("#e1 a").focus()
    stage.show(TICKET, entries=[1, 2])

    change(stage)
    offer = page.get_by_role("button", name="Показать новое")
    expect(offer).to_be_visible()
    expect(page.locator("#e2")).to_have_count(0)
    offer.click()

    expect(page.locator("#e2")).to_have_count(1)
    expect(offer).to_be_hidden()


# Told in the page itself: the content policy forbids Playwright to ask again and again with `eval`.
HEARD = """const Real = EventSource;
window.EventSource = class extends Real {
  constructor(address) { super(address); this.addEventListener("change", () => { document.documentElement.dataset.heard = "1"; }); } };"""


def test_another_ticket_is_none_of_this_page(stage):
    stage.show(TICKET, entries=[1])
    page = stage.context.new_page()
    page.clock.install()
    page.add_init_script(HEARD)
    page.goto(stage.site)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.headers.get("x-requested-with") else None)

    change(stage, 7)
    expect(page.locator("html")).to_have_attribute("data-heard", "1")
    page.clock.fast_forward(1000)
    page.evaluate("fetch('/other/').then((answer) => answer.text())")

    assert asked == []


def test_the_same_page_again_moves_nothing(stage):
    stage.show(TICKET, entries=[1])
    page = stage.open()
    page.evaluate("document.getElementById('e1').marked = true")

    with page.expect_event("requestfinished", lambda request: bool(request.headers.get("x-requested-with"))):
        change(stage)
    page.evaluate("new Promise(requestAnimationFrame)")

    assert page.evaluate("document.getElementById('e1').marked")
