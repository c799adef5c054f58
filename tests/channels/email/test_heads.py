"""The head of a letter one answers goes with it; the same lines told as data, or inside a sentence, are one's own."""

import pytest

from asmo_support.channels.email import visible

HEADS = {
    "outlook ru": "От: Служба поддержки <support@asmo.example>\nОтправлено: 16 ноября 2026 г. 10:15\nКому: Анна\nТема: RE: Акт",
    "outlook en": "From: Support <support@asmo.example>\nSent: Monday, November 16, 2026 10:15 AM\nTo: Anna\nSubject: RE: Akt",
    "outlook mac": "От: Support <support@asmo.example>\nДата: понедельник, 16 ноября 2026 г. в 10:15\nКому: Анна\nТема: Акт",
    "apple ru": "От: Support <support@asmo.example>\nТема: Акт\nДата: 16 ноября 2026 г., 10:15:00 GMT+3\nКому: Анна",
    "gmail en": "From: Support <support@asmo.example>\nDate: Mon, Nov 16, 2026 at 10:15 AM\nSubject: Akt\nTo: Anna <a@kama.example>",
    "thunderbird": "Тема: \tАкт\nДата: \tMon, 16 Nov 2026 10:15:00 +0300\nОт: \tSupport <support@asmo.example>\nКому: \tАнна",
    "mail.ru": "От кого: Support <support@asmo.example>\nКому: Анна\nДата: Понедельник, 16 ноября 2026, 10:15 +03:00\nТема: Акт",
    "zimbra": "От: Support <support@asmo.example>\nКому: Анна\nОтправленные: Понедельник, 16 Ноябрь 2026 г 10:15:00\nТема: Акт",
}  # fmt: skip
INTROS = {
    "gmail ru": "пн, 16 нояб. 2026 г. в 10:15, Support <support@asmo.example>:",
    "gmail en": "On Mon, Nov 16, 2026 at 10:15 AM Support <support@asmo.example> wrote:",
    "apple ru": "16 нояб. 2026 г., в 10:15, Support <support@asmo.example> написал(а):",
    "yandex": '16.11.2026, 10:15, "Support" <support@asmo.example>:',
    "mail.ru": "Понедельник, 16 ноября 2026, 10:15 +03:00 от Support <support@asmo.example>:",
    "thunderbird ru": "16.11.2026 10:15, Support пишет:",
    "roundcube ru": "Служба поддержки писал 2026-11-16 10:15:",
}
TOLD = {
    "announced": "Не дошло письмо:\n\n{head}\n\nКуда оно делось?",
    "in a paragraph": "Не дошло такое письмо.\n{head}\nКуда оно делось?",
    "goes on": "Не дошло такое письмо.\n\n{head}\nКуда оно делось?",
    "framed": "Не дошло письмо.\n-----\n{head}\n-----\nКуда оно делось?",
    "listed": "Не дошли письма.\n\n{head}\n\n{head}\n\nГде они?",
}
SENTENCES = [
    "Вчера, 5 мая 2026 г., Иван Петров написал: не работает. Что делать?",
    "Вчера, 5 мая 2026 г., Иван Петров <i@kama.example> написал:\n\nне работает.\n\nЧто делать?",
    "Здравствуйте!\n\n5 мая 2026 г. Иван Петров <i@kama.example> написал:\nне работает.\nЧто делать?",
    "Привет. В письме от 05.05.2026 10:15 клиент i@kama.example написал:\n\nне работает печать\n\nЧто ему ответить?",
    "Коллеги, 5 мая 2026 г. в 10:15 Иван Петров написал:\n> не печатается\nЧто ответить?",
    "Клиент 5 мая 2026 в 10:15 написал:\n> не работает\nЧто ответить?",
    "Добрый день.\n\n16.11.2026 10:15 Иван Петров <i@kama.example>:\nпишет, что не может войти.",
    "Добрый день.\n\n16.11.2026, 10:15, i@kama.example:\n\nписьмо не дошло.\n\nПроверьте.",
    "Hello,\nOn 5 May 2026 at 10:15 Ivan <i@kama.example> wrote:\nit does not work.\nWhat shall I do?",
    "Перемещение.\n\nОт: склад 1\nДата: 16.11.2026\nКому: склад 2\n\nНе проводится.",
    "Сообщаю данные:\n\nДата: 16.11.2026 10:15\nОт: ООО «Кама»\nТема: акт\n\nПрошу зарегистрировать.",
]


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("way", TOLD)
def test_a_head_told_as_data_is_the_writers_own(name, way):
    told = TOLD[way].format(head=HEADS[name])

    assert visible.shown(told).split() == told.split()


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("above", ["", "________________________________\n", "-----Исходное сообщение-----\n"])
def test_the_head_of_a_letter_one_answers_goes(name, above):
    assert visible.shown(f"Готово.\n\n{above}{HEADS[name]}\n\nДобрый день!\nУстановите.") == "Готово."


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_about_a_letter_stays(sentence):
    assert visible.shown(sentence).split() == sentence.split()


@pytest.mark.parametrize("name", INTROS)
def test_an_intro_goes_with_what_it_quotes(name):
    assert visible.shown(f"Готово.\n\n{INTROS[name]}\n> Установите.\n> Проверьте.") == "Готово."


def test_a_subject_that_goes_on_in_the_next_line_belongs_to_the_head():
    head = f"{HEADS['outlook ru']} сверки за октябрь, который перестал печататься после обновления\nна версию 5.2"

    assert visible.shown(f"Готово.\n\n{head}\n\nУстановите.") == "Готово."
