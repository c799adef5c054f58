"""People of another customer: no page, no list, no file and no live news of what is not theirs."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import register, say

pytestmark = pytest.mark.browser
TOKEN = re.compile("[A-Za-z0-9]{64}")
LISTENS = """() => {
  const heard = [];
  const stream = new EventSource("/live/");
  stream.addEventListener("open", () => { document.body.dataset.open = "1"; });
  stream.addEventListener("change", (event) => {
    heard.push(JSON.parse(event.data).ticket);
    document.body.dataset.heard = [...new Set(heard)].join(" ");
  });
}"""


@pytest.mark.case("TI-01")
def test_a_page_a_list_and_a_file_are_as_if_they_did_not_exist(house, tmp_path):
    file = tmp_path / "секрет.txt"
    file.write_text("Канарейка")
    customer, stranger = house.enter("contact"), house.enter("stranger@other.example")
    customer.goto("/tickets/new/")
    customer.fill("[name=subject]", "Канареечный отчёт")
    customer.fill("[name=text]", "Файл приложен.")
    customer.set_input_files("input[type=file]", file)
    customer.click("main form[method=post] button.btn--act")
    link = customer.locator("a.file").first.get_attribute("href")
    own = [customer.request.get(house.site + path) for path in (link.partition("attachments")[0], link)]

    asked = [re.sub(r"/tickets/\d+/", "/tickets/99999999/", link), link]
    absent, foreign = [stranger.request.get(house.site + path) for path in asked]
    pages = [stranger.request.get(f"{house.site}/tickets/?words=Канареечный&state={one}") for one in ("open", "done")]

    assert [one.status for one in own] == [200, 200]
    assert own[1].text() == "Канарейка"
    assert (foreign.status, TOKEN.sub("", foreign.text())) == (404, TOKEN.sub("", absent.text()))
    assert ["Канареечный отчёт" in one.text() for one in pages] == [False, False]


@pytest.mark.case("TI-01")
def test_the_live_stream_tells_of_nothing_but_ones_own(house):
    customer, agent = house.enter("contact"), house.enter("engineer")
    stranger = house.enter("stranger@other.example")
    theirs, own = register(customer, "Чужая новость"), register(stranger, "Своя новость")
    stranger.evaluate(LISTENS)
    expect(stranger.locator("body")).to_have_attribute("data-open", "1")

    say(agent, theirs, "answer", "Это не для посторонних.")
    say(agent, own, "answer", "А это ему.")

    expect(stranger.locator("body")).to_have_attribute("data-heard", own)
