"""The whole life of a ticket of somebody who only writes and reads letters, through a real mail server."""

import re

import pytest
from playwright.sync_api import expect

from tests.config.conftest import eventually
from tests.parts.letters import answer_to, letter
from tests.stories.conftest import say

pytestmark = pytest.mark.browser
# Nobody else in the stories writes as this person: ten automatic letters an hour are all that an address gets.
CUSTOMER = "lukin@kama.example"


def deliver(house, raw):
    assert house.asmo("mail", "deliver", "-", said=raw).startswith("Stored as arrival")


def heard(post_office, title, subject):
    """The customer's newest letter about the ticket that begins with these words, once it has come."""
    wanted = re.compile(rf"\[№ \d+\] {re.escape(title)}.*{re.escape(subject)}")

    def found():
        return [one for one in post_office.of(CUSTOMER) if wanted.search(str(one["Subject"]))]

    eventually(found)
    return found()[-1]


def text_of(received):
    return received.get_body(("plain",)).get_content()


def answer(house, received, text):
    deliver(house, answer_to(received, CUSTOMER, text=text))


def begin(house, agent, post_office, subject):
    """A letter, its acknowledgement, a question and its answer; the number of the ticket."""
    deliver(house, letter(CUSTOMER, to="support@localhost", subject=subject, text="Окно остаётся пустым."))
    number = re.search(r"№ (\d+)", str(heard(post_office, "", subject)["Subject"]))[1]
    say(agent, number, "question", "Какая версия сборки?")
    answer(house, heard(post_office, "Ответьте на вопрос", subject), "Версия 7.4.11.")
    expect(agent.locator("#timeline")).to_contain_text("Версия 7.4.11.")
    return number


def return_by_words(house, agent, post_office, number, subject):
    say(agent, number, "resolution", "Права на форму возвращены.")
    answer(house, heard(post_office, "Проверьте решение", subject), "На доработку: кнопка «Печать» всё ещё серая.")
    expect(agent.locator("#timeline")).to_contain_text("кнопка «Печать» всё ещё серая.")
    expect(agent.locator("#head .strip")).to_contain_text("Ваш ход")
    say(agent, number, "resolution", "Кнопка «Печать» снова работает.")
    eventually(lambda: "снова работает" in text_of(heard(post_office, "Проверьте решение", subject)))
    return heard(post_office, "Проверьте решение", subject)


@pytest.mark.case("EI-16", "PW-04")
def test_by_letters_a_ticket_is_returned_in_words_and_accepted_by_the_link(house, post_office):
    agent, subject = house.enter("engineer"), "Форма «Учёт воды» пуста"
    number = begin(house, agent, post_office, subject)
    received = return_by_words(house, agent, post_office, number, subject)
    link = re.search(r"Принять решение: (\S+)", text_of(received))[1]
    reader = house.visit().new_page()
    for method in ("GET", "HEAD"):
        assert reader.request.fetch(link, method=method).status == 200
    agent.reload()
    expect(agent.locator("#head .strip")).to_contain_text("Ход заказчика")

    reader.goto(link)
    expect(reader.locator("main")).to_contain_text("Кнопка «Печать» снова работает.")
    reader.get_by_role("button", name="Принять и закрыть").click()
    expect(reader.locator("main")).to_contain_text("Решение принято, обращение закрыто")
    expect(agent.locator("#head")).to_contain_text("закрыто")
    assert "по ссылке из нашего письма" in text_of(heard(post_office, "", subject))


@pytest.mark.case("EI-16")
def test_by_letters_a_ticket_is_returned_by_the_link_and_accepted_in_words(house, post_office):
    agent, subject = house.enter("engineer"), "Форма «Учёт тепла» пуста"
    number = begin(house, agent, post_office, subject)
    say(agent, number, "resolution", "Форма открывается.")
    received = heard(post_office, "Проверьте решение", subject)
    reader = house.visit().new_page()
    reader.goto(re.search(r"Вернуть на доработку: (\S+)", text_of(received))[1])
    reader.get_by_label("Что не так").fill("Открывается не у всех.")
    reader.get_by_role("button", name="Вернуть с этой причиной").click()
    expect(reader.locator("main")).to_contain_text("Возвращено на доработку")
    say(agent, number, "resolution", "Права даны всем.")
    eventually(lambda: "Права даны всем" in text_of(heard(post_office, "Проверьте решение", subject)))

    answer(house, heard(post_office, "Проверьте решение", subject), "Принимаю, спасибо!")
    expect(agent.locator("#head")).to_contain_text("закрыто")
