"""What the subject alone says of who wrote the letter: a program's own line, or a person's request about such lines."""

import pytest

from asmo_support.channels.email.parse import parse
from tests.letters.build import text

PROGRAMS = [
    "Автоответ: Акт", "Автоответ", "Re: Автоответ: Акт", "Автоматический ответ: Re: [№ 12] Акт", "Нет на месте: Акт",
    "Out of Office AutoReply: Act", "Automatic reply: Act", "Вне офиса.", "Я в отпуске", "Отсутствую с 1 по 14 марта",
    "В отпуске до 30 ноября 2026 г.", "Отсутствую (01.03 – 14.03)", "Out of office until Jan 5, 2026",
]  # fmt: skip
REQUESTS = [
    "Автоответ не работает в 1С", "Автоматический ответ приходит дважды", "Автоответ с 1С не уходит",
    "Нет на месте кнопки «Сохранить»", "Вне офиса не работает VPN", "Вне офиса с 10.10 не открывается форма",
    "Out of office calendar is not synced", "В отпуске согласующий, замените", "Отсутствую в списке согласующих",
    "Я в отпуске до 15 марта" + " с" * 200,
]  # fmt: skip


@pytest.mark.case("EI-14")
@pytest.mark.parametrize("subject", PROGRAMS)
def test_the_line_of_a_program_is_known_without_any_other_mark(subject):
    assert "subject" in parse(text("Меня нет.", subject=subject)).machine


@pytest.mark.parametrize("subject", REQUESTS)
def test_a_request_about_absence_or_automatic_answers_is_a_persons(subject):
    assert parse(text("Помогите.", subject=subject)).machine == ()


@pytest.mark.parametrize("subject", REQUESTS[:-1])
def test_the_same_line_in_answer_to_a_letter_is_a_programs_and_with_re_a_persons(subject):
    answers = [("In-Reply-To", "<a@desk.example>")]
    marks = [parse(text("Помогите.", subject=one, more=answers)).machine for one in (subject, f"Re: {subject}")]

    assert marks == [("subject",), ()]
