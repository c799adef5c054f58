"""What the words of a letter mean for a resolution under review: certain verdicts, hints, and everything else."""

from time import process_time

import pytest

from asmo_support.channels.email.verdicts import LONGEST, Meaning, Reading, read

WRITER = "Марина Ковалёва"
ACCEPTS = [
    "Принимаю",
    "принимаю.",
    "Принимаю!",
    "ПРИНИМАЮ",
    "«Принимаю»",
    "Принимаю решение",
    "Принимаю ваше решение № 2.",
    "Принимаем решение по обращению № 1042, спасибо!",
    "Решение принимаю",
    "Решение принято.",
    "Принято",
    "Принято, спасибо",
    "Принято. Спасибо большое за быструю помощь!",
    "Принимаю, спасибо, Анна!",
    "Принимаю. Спасибо, Анна Сергеевна.",
    "Здравствуйте! Принимаю.",
    "Добрый день, Анна!\n\nПринимаю, всё работает.",
    "Добрый день.\nРешение принимаем.",
    "Да, принимаю",
    "Хорошо, принимаю.",
    "Спасибо, принимаю!",
    "Принимаю, замечаний нет",
    "Принимаю. Вопросов больше нет.",
    "Принимаю, обращение можно закрыть",
    "Принимаю, закрывайте",
    "Принимаю. Форма открывается, печать работает.",
    "Принимаю\n\nС уважением,\nМарина Ковалёва\nгл. эколог, тел. +7 342 200-00-00",
    "Принимаю.\nМарина Ковалёва",
    "Принимаю :)",
    "Принимаю 👍",
    "Я принимаю решение",
    "Accepted",
    "accept",
    "I accept the resolution.",
    "We accept it, thank you!",
    "Accepted. Thanks, Anna",
    "Hello,\n\nAccepted, everything works.\n\nBest regards,\nJohn",
    "The resolution is accepted.",
    "Принимаю и благодарю за работу",
    "Принимаю. Всё отлично, хорошего дня!",
    "Принимаю, всё супер, спасибо!",
    "Добрый день, принимаю решение, спасибо",
    "Уважаемая Анна! Решение принимаем. С уважением, Ковалёва М. А.",
    "Принимаю, спасибо за работу и терпение!",
    "Решение принимаем, обращение закройте, пожалуйста.",
    "Accept.",
    "Yes, accepted.",
]
RETURNS = [
    ("На доработку: итог удваивается", "итог удваивается"),
    ("на доработку: не печатает на А3", "не печатает на А3"),
    ("На доработку.\nИтог удваивается.", "Итог удваивается."),
    ("На доработку — нет столбца «Масса»", "нет столбца «Масса»"),
    ("На доработку - нет столбца", "нет столбца"),
    ("Вернуть: ошибка осталась", "ошибка осталась"),
    ("Вернуть на доработку: ошибка осталась", "ошибка осталась"),
    ("Возвращаю: итог не сходится", "итог не сходится"),
    ("Возвращаю на доработку, потому что итог не сходится.", "потому что итог не сходится."),
    ("Прошу вернуть на доработку: не открывается", "не открывается"),
    ("Верните на доработку. Не открывается отчёт.", "Не открывается отчёт."),
    ("Здравствуйте!\nНа доработку: печать пустая.", "печать пустая."),
    ("Return: totals are doubled", "totals are doubled"),
    ("return: it still fails", "it still fails"),
    ("Returned for rework: totals are doubled", "totals are doubled"),
    ("Rework: totals", "totals"),
    ("Не принимаю: печать пустая", "печать пустая"),
    ("Не принимаю, печать пустая.", "печать пустая."),
    ("Not accepted: prints an empty page", "prints an empty page"),
    ("Решение не принято: форма не открывается", "форма не открывается"),
    (
        "Здравствуйте, Анна!\nНа доработку: в отчёте «2-ТП» пропали строки 5 и 6. Спасибо.",
        "в отчёте «2-ТП» пропали строки 5 и 6. Спасибо.",
    ),
]
PERHAPS_ACCEPTS = [
    "Спасибо, всё хорошо",
    "Открывается, спасибо, принимаю.",
    "Всё работает, спасибо!",
    "Спасибо, заработало",
    "Принимаю. Завтра посмотрит главбух.",
    "Принял, спасибо",
    "Можно закрывать",
    "It works now, thanks",
    "Принимаю 2 вариант",
    "Принимаю решение уволиться",
    "Принимаю.\nИтог удваивается",
    "Принято, проверим завтра",
    "Подтверждаю, что работает",
]
PERHAPS_RETURNS = [
    "На доработку",
    "На доработку.",
    "На доработку, спасибо",
    "Вернуть?",
    "Return",
    "Возвращаю на доработку",
    "На доработку: нет, всё хорошо, принимаю",
    "На доработку, если не успеете",
    "На доработку? Мы же просили",
]
NOTHING = [
    "Принимаю, но печать не работает",
    "Принимаю, если исправите печать",
    "Принимаю. Но есть вопрос.",
    "Принято?",
    "Принимаете ли вы заявки в выходные?",
    "Принимаю только с условием",
    "Не работает",
    "Спасибо, но всё равно не работает",
    "Спасибо",
    "Спасибо за ответ, посмотрю завтра",
    "Принято к сведению",
    "Принято в работу",
    "Принимаю :(",
    "Как принять решение?",
    "Добрый день",
    "",
    "Мы не можем принять решение",
    "Accepted, but the report is empty",
    "I can't accept it",
    "Is it accepted?",
    "The acceptance test fails",
    "Принимаю участие в совещании",
    "Не принимаю участия в этом",
    "Принимаю.\n\nС уважением, Марина\nP.S. печать не работает",
    "Принимаю.\nОшибка",
    "Returning customer here",
    "> Принимаю",
    "Принимаю, но не сейчас",
    "Принимаю? нет",
    "Принимаю к сведению, жду обновление",
    "Я не принимаю решений, спросите Третьякова",
    "Возвращаем вам документы: акт и счёт",
    "на доработку ничего не отправляли",
    "Спасибо, не работает",
    "Принимаю (с оговоркой: не работает печать)",
    "Accept cookies?",
    "Please accept my apologies",
    "return address is wrong",
]


@pytest.mark.parametrize("text", ACCEPTS)
def test_these_words_accept(text):
    assert read(text, name=WRITER) == Reading(Meaning.ACCEPT)


@pytest.mark.parametrize(("text", "reason"), RETURNS)
def test_these_words_return_with_their_reason(text, reason):
    assert read(text, name=WRITER) == Reading(Meaning.RETURN, reason)


@pytest.mark.parametrize("text", PERHAPS_ACCEPTS)
def test_these_words_are_shown_to_a_person_as_a_likely_acceptance(text):
    assert read(text, name=WRITER) == Reading(Meaning.PERHAPS_ACCEPT)


@pytest.mark.parametrize("text", PERHAPS_RETURNS)
def test_these_words_are_shown_to_a_person_as_a_likely_return(text):
    assert read(text, name=WRITER) == Reading(Meaning.PERHAPS_RETURN)


@pytest.mark.parametrize("text", NOTHING)
def test_these_words_are_only_a_message(text):
    assert read(text, name=WRITER) == Reading()


def test_the_writers_own_name_below_is_a_signature_and_another_word_is_not():
    assert read("Принимаю.\nМарина", name=WRITER).meaning is Meaning.ACCEPT
    assert read("Принимаю.\nКонтейнер", name=WRITER).meaning is Meaning.PERHAPS_ACCEPT


def test_a_long_letter_that_begins_with_the_word_is_for_a_person_to_read():
    assert read("Принимаю. " + "Спасибо. " * LONGEST).meaning is Meaning.NOTHING


@pytest.mark.case("EI-09")
@pytest.mark.parametrize(
    "text",
    ["Принимаю " * 20_000, "а" * 400_000, "\n" * 100_000 + "x", "Здравствуйте" + " Аа" * 50_000, "((((" * 90_000],
)
def test_no_text_takes_long(text):
    started = process_time()
    read(text)

    assert process_time() - started < 1
