"""The portal needs no script, and a phone is enough."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import register, say

pytestmark = pytest.mark.browser


def test_register_with_a_file_answer_and_accept_without_script(house, tmp_path):
    file = tmp_path / "журнал.log"
    file.write_bytes(bytes(range(256)) * 200)
    customer, agent = house.enter("contact", java_script_enabled=False), house.enter("engineer")
    customer.goto("/tickets/new/")
    customer.fill("[name=subject]", "Без скриптов")
    customer.fill("[name=text]", "Ошибка 217.")
    customer.set_input_files("input[type=file]", file)
    customer.click("main form[method=post] button.btn--act")
    number = customer.url.rstrip("/").rsplit("/", 1)[1]

    address = customer.locator("a.file").first.get_attribute("href")
    got = customer.request.get(house.site + address)
    assert hashlib.sha256(got.body()).hexdigest() == hashlib.sha256(file.read_bytes()).hexdigest()
    assert got.headers["content-disposition"].startswith("attachment")

    say(agent, number, "question", "Какая версия?")
    customer.goto(f"/tickets/{number}/")
    customer.fill("form[action$='/messages/'] textarea", "7.4.11")
    customer.click("form[action$='/messages/'] button.btn--act")
    say(agent, number, "resolution", "Исправлено.")
    customer.goto(f"/tickets/{number}/")
    customer.click("#decide form[action$='/acceptance/'] button")

    expect(customer.locator(".p-state")).to_contain_text(re.compile("закрыто", re.IGNORECASE))


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize(
    ("person", "paths"),
    [
        ("contact", ["/", "/tickets/", "/tickets/new/", "/organization/"]),
        ("engineer", ["/desk/", "/desk/?state=all", "/desk/tickets/new/", "/desk/customers/", "/desk/menu/"]),
    ],
)
def test_no_page_scrolls_sideways_on_a_phone(house, width, person, paths):
    page = house.enter(person, viewport={"width": width, "height": 800})
    wide = []
    for path in paths:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)

    assert wide == []


def test_keys_work_with_a_russian_layout_and_a_draft_survives_a_reload(house):
    agent = house.enter("engineer")
    agent.goto("/desk/?state=open")
    agent.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyJ', key: 'о', bubbles: true}))")
    assert agent.locator("[data-row][data-cursor]").count() == 1

    number = register(house.enter("contact"), "Черновик цел")
    agent.goto(f"/desk/tickets/{number}/")
    agent.fill("form[data-mode=answer] textarea", "Недописанный ответ")
    agent.reload()
    expect(agent.locator("form[data-mode=answer] textarea")).to_have_value("Недописанный ответ")
    agent.locator("form[data-mode=answer] textarea").press("Control+Enter")
    expect(agent.locator("#talk, .talk").first).to_contain_text("Недописанный ответ")


def test_an_answer_appears_on_the_open_page_and_eats_no_draft(house):
    customer, agent = house.enter("contact"), house.enter("engineer")
    number = register(customer, "Живая страница")
    with customer.expect_response(lambda answer: "/live/" in answer.url):
        customer.goto(f"/tickets/{number}/")
    customer.fill("form[action$='/messages/'] textarea", "Я ещё пишу")

    say(agent, number, "answer", "Ответ появился сам.")

    expect(customer.locator("#talk")).to_contain_text("Ответ появился сам.")
    expect(customer.locator("form[action$='/messages/'] textarea")).to_have_value("Я ещё пишу")


def test_language_and_theme_are_kept_with_the_person(house):
    page = house.enter("release")
    page.goto("/desk/")
    page.click("summary.me")
    page.click("button[name=language][value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click("summary.me")
    page.click("button[name=theme][value=dark]")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.click("summary.me")
    page.click("button[name=language][value=ru]")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
