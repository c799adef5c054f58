"""A customer who never opens the portal: letters in, letters out, and the desk on the other side."""

import hashlib
import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.config.conftest import eventually
from tests.stories.conftest import say

pytestmark = pytest.mark.browser
SUBJECT = "Не открывается форма «Учёт отходов»"
FILES = {"журнал.log": bytes(range(256)) * 300, "снимок.png": b"\x89PNG\r\n\x1a\n" + bytes(2000)}


def post(house, sender, to, subject, text, files=()):
    """What a mail server does with somebody's letter: hands it to our pipe."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Message-ID"] = f"<{hashlib.sha256(f'{sender}{text}'.encode()).hexdigest()[:20]}@mail.example>"
    letter.set_content(text)
    for name, content in files:
        letter.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    assert house.asmo("mail", "deliver", "-", said=letter.as_bytes()).startswith("Stored as arrival")


def kept_letter(page, number, words):
    """Open our letter to the customer about the ticket, once the worker has written it; where its answers go."""
    line = page.locator("tr", has_text=f"№ {number}").filter(has_text="contact@demo.example").filter(has_text=words)
    eventually(lambda: page.goto("/desk/letters/outgoing/") and line.count())
    line.first.get_by_role("link", name=words).click()
    told = page.locator("dt:has-text('Ответы идут на') + dd").inner_text()
    assert re.fullmatch(rf"[\w.]+\+t{number}\.\w+@[\w.]+", told)
    return told


def found(page, words):
    """The numbers of the tickets that the desk's list finds by these words, once there are any."""
    numbers = page.locator("[data-row] .row-no")
    eventually(lambda: page.goto(f"/desk/?state=all&words={words}") and numbers.count())
    return numbers.all_inner_texts()


@pytest.mark.case("EI-16")
def test_a_ticket_is_registered_asked_about_and_resolved_by_letters_only(house):
    agent = house.enter("engineer")
    post(house, "contact@demo.example", "support@localhost", SUBJECT, "Окно пустое, журнал приложен.", FILES.items())
    (number,) = found(agent, "Учёт отходов")
    agent.goto(f"/desk/tickets/{number}/")
    links = [link.get_attribute("href") for link in agent.locator("a.file").all()]
    assert [agent.request.get(house.site + link).body() for link in links] == list(FILES.values())

    say(agent, number, "question", "Какая версия сборки?")
    answers_to = kept_letter(agent, number, "Вопрос")
    agent.goto(f"/desk/tickets/{number}/")
    post(house, "contact@demo.example", answers_to, f"Re: {SUBJECT}", "Сборка 3, версия 7.4.11.")
    expect(agent.locator("#timeline")).to_contain_text("Сборка 3, версия 7.4.11.")
    expect(agent.locator("#head .strip")).to_contain_text("Ваш ход")

    say(agent, number, "resolution", "Права на форму возвращены.")
    _thanks_and_is_closed(house, agent, number)


def _thanks_and_is_closed(house, agent, number):
    """A letter says yes in free words: nothing is decided by them, the desk writes the acceptance down in one click."""
    answers_to = kept_letter(agent, number, "Проверьте решение")
    agent.goto(f"/desk/tickets/{number}/")
    post(house, "contact@demo.example", answers_to, f"Re: {SUBJECT}", "Открывается, спасибо, принимаю.")
    expect(agent.locator("#timeline")).to_contain_text("Открывается, спасибо, принимаю.")
    expect(agent.locator("#head .strip")).to_contain_text("Ход заказчика")

    expect(agent.locator("#head .likely")).to_contain_text("Похоже, заказчик принимает решение: Марина Ковалёва.")
    agent.get_by_role("button", name="Записать приёмку").click()
    expect(agent.locator("#head")).to_contain_text("закрыто")


@pytest.mark.case("EI-16")
def test_the_address_of_a_ticket_in_a_strangers_hands_opens_another_ticket(house):
    agent = house.enter("engineer")
    post(house, "contact@demo.example", "support@localhost", "Ответный адрес", "Как настроить печать?")
    (number,) = found(agent, "Ответный адрес")
    say(agent, number, "answer", "Печать настраивается в «Сервисе».")
    answers_to = kept_letter(agent, number, "Ответный адрес")

    post(house, "stranger@other.example", answers_to, "Канарейка в чужом", "Это письмо не сюда.")

    (other,) = found(agent, "Канарейка в чужом")
    agent.goto(f"/desk/tickets/{number}/")
    assert (other == number, "не сюда" in agent.locator("#timeline").inner_text()) == (False, False)
    agent.goto(f"/desk/tickets/{other}/")
    expect(agent.locator("#side")).to_contain_text("Северная руда")
