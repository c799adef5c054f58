"""What the small scripts do, in a real browser, under the content policy of life."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

COMPOSER = """
<main id="main"><div class="composer" data-composer="answer">
  <a class="mode" role="tab" href="?mode=answer" data-mode-tab="answer">Ответ</a>
  <a class="mode mode--inner" role="tab" href="?mode=note" data-mode-tab="note">Заметка</a>
  <form method="post" action="/answer/" data-mode="answer"><textarea name="text" aria-label="Ответ"></textarea>
    <input type="file" name="files" aria-label="Файлы" multiple><span data-draft-note hidden>Черновик</span><button>Отправить заказчику</button></form>
  <form method="post" action="/note/" data-mode="note"><textarea name="text" aria-label="Заметка"></textarea><button>Записать для своих</button></form>
</div><form method="post" action="/out/" data-sign-out><button>Выйти</button></form></main>"""
ROWS = """
<main id="main"><a href="/new/" data-key="KeyN">Новое</a><input aria-label="Поиск">
{% for n in numbers %}<div class="row" data-row id="row-{{ n }}"><a href="/{{ n }}/">{{ n }}</a></div>{% endfor %}</main>
{% include "ui/components/_keys.html" %}"""


def test_a_draft_survives_a_reload(stage):
    stage.show(COMPOSER)
    page = stage.open()
    page.locator("form[data-mode=answer] textarea").fill("Причину нашли")

    page.reload()

    expect(page.locator("form[data-mode=answer] textarea")).to_have_value("Причину нашли")
    expect(page.get_by_text("Черновик")).to_be_visible()


def test_a_draft_goes_when_the_server_has_taken_it(stage):
    stage.show(COMPOSER)
    stage.answers["/answer/"] = "/"
    page = stage.open()
    page.locator("form[data-mode=answer] textarea").fill("Причину нашли")

    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    expect(page.locator("form[data-mode=answer] textarea")).to_have_value("")
    assert len(stage.posted) == 1


def test_a_draft_stays_when_sending_failed(stage):
    stage.show(COMPOSER)
    page = stage.open()
    page.locator("form[data-mode=answer] textarea").fill("Причину нашли")
    page.get_by_role("button", name="Отправить заказчику").click()
    expect(page.locator("body")).to_have_text("broken")

    page.goto(stage.site)

    expect(page.locator("form[data-mode=answer] textarea")).to_have_value("Причину нашли")


NEW = """
<main><form method="post" action="/new/" data-draft><input type="text" name="subject" aria-label="Тема">
<textarea name="text" aria-label="Что случилось"></textarea><button>Отправить</button></form></main>"""


def test_every_field_of_a_long_form_is_kept_and_goes_when_another_page_answers(stage):
    stage.show(NEW)
    stage.show("<main>Принято</main>", path="/done/")
    page = stage.open()
    page.get_by_label("Тема").fill("Не печатается")
    page.get_by_label("Что случилось").fill("Пустой лист")
    page.reload()

    kept = [page.get_by_label(name).input_value() for name in ("Тема", "Что случилось")]
    stage.answers["/new/"] = "/done/"
    with page.expect_navigation():
        page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_text("Принято")).to_be_visible()
    page.goto(stage.site)

    gone = [page.get_by_label(name).input_value() for name in ("Тема", "Что случилось")]
    assert (kept, gone) == (["Не печатается", "Пустой лист"], ["", ""])


def test_a_draft_belongs_to_one_person(stage):
    from tests.ui.drawn import person

    stage.show(COMPOSER)
    stage.show(COMPOSER, path="/other/", user=person("Павел Орлов", staff=True, pk=2))
    page = stage.open()
    page.locator("form[data-mode=answer] textarea").fill("Причину нашли")

    page.goto(stage.site + "/other/")

    expect(page.locator("form[data-mode=answer] textarea")).to_have_value("")


def test_signing_out_leaves_no_drafts_behind(stage):
    stage.show(COMPOSER)
    stage.answers["/out/"] = "/"
    page = stage.open()
    page.locator("form[data-mode=answer] textarea").fill("Причину нашли")

    page.get_by_role("button", name="Выйти").click()

    expect(page.locator("form[data-mode=answer] textarea")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft'))") == []


def test_the_note_turns_the_composer_inner(stage):
    stage.show(COMPOSER)
    page = stage.open()

    page.get_by_role("tab", name="Заметка").click()

    expect(page.locator(".composer")).to_have_class("composer composer--inner")
    expect(page.get_by_role("button", name="Отправить заказчику")).to_be_hidden()
    expect(page.get_by_role("button", name="Записать для своих")).to_be_visible()


def test_without_script_every_mode_can_be_used(chromium, stage):
    stage.show(COMPOSER)
    stage.answers["/note/"] = "/"
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(stage.site)

    page.locator("form[data-mode=note] textarea").fill("Для своих")
    page.get_by_role("button", name="Записать для своих").click()

    assert "text=%D0%94" in stage.posted[0]
    context.close()


def test_an_impatient_person_sends_once(stage):
    stage.show(COMPOSER)
    stage.answers["/answer/"] = "/"
    page = stage.open()
    with page.expect_navigation():
        page.evaluate("const form = document.forms[0]; for (const _ of [1, 2, 3]) form.requestSubmit()")

    assert len(stage.posted) == 1


def test_a_copied_table_pastes_its_words_and_a_screenshot_becomes_a_file(stage):
    stage.show(COMPOSER)
    page = stage.open()
    paste = """(types) => { const data = new DataTransfer();
      for (const type of types) type === "file" ? data.items.add(new File(["x"], "снимок.png")) : data.setData(type, "слова");
      document.querySelector("textarea").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true })); }"""

    page.evaluate(paste, ["file", "text/plain"])
    expect(page.locator("button.file")).to_have_count(0)

    page.evaluate(paste, ["file"])
    expect(page.locator("button.file")).to_have_text("снимок.png0 кБ ×")


def test_a_chosen_file_can_be_taken_back(stage):
    stage.show(COMPOSER)
    page = stage.open()
    files = [{"name": f"{n}.log", "mimeType": "text/plain", "buffer": b"x" * 2048} for n in (1, 2)]
    page.get_by_label("Файлы").set_input_files(files)

    page.get_by_role("button", name="1.log").click()

    assert page.evaluate("[...document.querySelector('[type=file]').files].map((file) => file.name)") == ["2.log"]


def test_rows_are_walked_by_place_of_the_key(stage):
    stage.show(ROWS, numbers=[1, 2, 3])
    page = stage.open()

    page.evaluate("""for (const key of ["о", "о", "о", "о", "л"]) document.body.dispatchEvent(
      new KeyboardEvent("keydown", { key, code: key === "о" ? "KeyJ" : "KeyK", bubbles: true }))""")

    expect(page.locator("[data-cursor]")).to_have_attribute("id", "row-2")
    expect(page.locator("#row-2 a")).to_be_focused()


def test_keys_are_dead_in_fields_and_can_be_switched_off(stage):
    stage.show(ROWS, numbers=[1])
    stage.show("<p>Новое обращение</p>", path="/new/")
    page = stage.open()
    page.get_by_label("Поиск").press_sequentially("n")
    assert page.url == stage.site + "/"

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+?")
    page.get_by_label("Одиночные клавиши").check()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.url == stage.site + "/"

    page.keyboard.press("Shift+?")
    page.get_by_label("Одиночные клавиши").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url("**/new/")
    assert page.url == stage.site + "/new/"


def test_the_sheet_of_keys_names_what_the_page_has(stage):
    stage.show(ROWS, numbers=[1])
    page = stage.open()

    page.locator("body").press("Shift+?")

    expect(page.locator("[data-keys-here] li")).to_have_text(["НовоеN"])


def test_a_toast_leaves_and_an_error_stays(stage):
    page_of_two = """<main id="main"></main>{% for level in levels %}<div class="toast {{ level }}" data-toast>Слова</div>{% endfor %}"""
    stage.show(page_of_two, levels=["", "toast--late"])
    page = stage.context.new_page()
    page.clock.install()
    page.goto(stage.site)

    page.clock.fast_forward(7000)

    expect(page.locator("[data-toast]")).to_have_class(["toast toast--late"])
