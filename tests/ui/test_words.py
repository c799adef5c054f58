"""Times, spans, counts and sizes in two languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from asmo_support.ui import words

NOW = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)  # Friday, 14:20 in Moscow
N = "\u00a0"


def moscow(day, hour, minute, month=11, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=words.MOSCOW)


@pytest.mark.parametrize(
    ("moment", "ru", "en"),
    [
        (moscow(20, 12, 10), "сегодня, 12:10", "today, 12:10"),
        (moscow(19, 16, 2), "вчера, 16:02", "yesterday, 16:02"),
        (moscow(21, 9, 0), "завтра, 09:00", "tomorrow, 09:00"),
        (moscow(18, 9, 5), f"18{N}ноября, 09:05", f"18{N}November, 09:05"),
        (moscow(18, 9, 5, year=2025), f"18{N}ноября 2025, 09:05", f"18{N}November 2025, 09:05"),
    ],
)
def test_a_moment_is_named_by_its_nearness(moment, ru, en):
    assert (words.when(moment, NOW, "ru"), words.when(moment, NOW, "en")) == (ru, en)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (moscow(20, 12, 10), "12:10"),
        (moscow(19, 23, 59), "вчера"),
        (moscow(18, 9, 5), f"18{N}ноя"),
        (moscow(2, 9, 5, month=5, year=2025), f"2{N}мая 2025"),
    ],
)
def test_a_narrow_column_says_only_what_is_needed(moment, text):
    assert words.when_short(moment, NOW, "ru") == text


@pytest.mark.parametrize(
    ("moment", "ru", "en"),
    [
        (moscow(20, 14, 45), f"сегодня до{N}14:45", f"today till{N}14:45"),
        (moscow(21, 10, 0), f"завтра до{N}10:00", f"tomorrow till{N}10:00"),
        (moscow(23, 10, 0), f"в понедельник, 23{N}ноября, до{N}10:00", f"on Monday, 23{N}November, till{N}10:00"),
        (moscow(4, 17, 0, month=12), f"4{N}декабря до{N}17:00", f"4{N}December till{N}17:00"),
        (moscow(5, 0, 0, month=12), f"4{N}декабря до{N}24:00", f"4{N}December till{N}24:00"),
    ],
)
def test_a_deadline_is_said_as_people_agree_on_one(moment, ru, en):
    assert (words.until(moment, NOW, "ru"), words.until(moment, NOW, "en")) == (ru, en)


def test_the_day_is_moscows_and_not_the_servers():
    late = datetime(2026, 11, 19, 21, 30, tzinfo=UTC)

    assert words.when(late, NOW, "ru") == "сегодня, 00:30"


@pytest.mark.parametrize(
    ("minutes", "ru", "en"),
    [
        (25, f"25{N}мин", f"25{N}min"),
        (100, f"1{N}ч{N}40{N}мин", f"1{N}h{N}40{N}min"),
        (185, f"3{N}ч{N}05{N}мин", f"3{N}h{N}05{N}min"),
        (480, f"8{N}ч", f"8{N}h"),
        (0, f"0{N}мин", f"0{N}min"),
        (-70, f"−1{N}ч{N}10{N}мин", f"−1{N}h{N}10{N}min"),
        (24.99, f"24{N}мин", f"24{N}min"),
        (-0.5, f"0{N}мин", f"0{N}min"),
    ],
)
def test_a_span_is_whole_minutes_never_more_than_is_left(minutes, ru, en):
    assert (words.span(minutes, "ru"), words.span(minutes, "en")) == (ru, en)


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, "обращений"), (1, "обращение"), (2, "обращения"), (4, "обращения"), (5, "обращений"), (11, "обращений"),
     (12, "обращений"), (21, "обращение"), (22, "обращения"), (111, "обращений"), (101, "обращение")],
)  # fmt: skip
def test_a_russian_count_takes_its_form(number, form):
    assert words.plural(number, "обращение|обращения|обращений", "ru") == form


@pytest.mark.parametrize(
    ("size", "ru", "en"),
    [
        (0, f"0{N}Б", f"0{N}B"),
        (1023, f"1023{N}Б", f"1023{N}B"),
        (184 * 1024, f"184{N}КБ", f"184{N}KB"),
        (1_468_006, f"1,4{N}МБ", f"1.4{N}MB"),
        (84 * 1024**2, f"84{N}МБ", f"84{N}MB"),
    ],
)
def test_a_size_is_short(size, ru, en):
    assert (words.filesize(size, "ru"), words.filesize(size, "en")) == (ru, en)


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("Ошибка в отчёте", f"Ошибка в{N}отчёте"),
        ("срок до пятницы и не позже", f"срок до{N}пятницы и{N}не{N}позже"),
        ("решение № 2", f"решение №{N}2"),
        ("черта — это час", f"черта{N}— это час"),
        ("АВ Системы", "АВ Системы"),
    ],
)
def test_short_words_stay_with_the_next_one(text, glued):
    assert words.glue(text) == glued


def test_initials_are_two_letters():
    assert [words.initials(name) for name in ("Анна Лебедева", "Плато", "Анна-Мария Лебедева", "")] == [
        "АЛ",
        "П",
        "АМ",
        "",
    ]


def test_the_foot_of_the_rail_names_the_moment():
    assert words.now(NOW, "ru") == f"Пт 20{N}ноя, 14:20"


@pytest.mark.parametrize(
    ("first", "last", "ru", "en"),
    [
        (date(2026, 4, 26), date(2026, 4, 26), "26 апреля", "26 April"),
        (date(2027, 4, 26), date(2027, 4, 26), "26 апреля 2027", "26 April 2027"),
        (date(2027, 4, 5), date(2027, 4, 26), "5–26 апреля 2027", "5–26 April 2027"),
        (date(2026, 4, 26), date(2026, 5, 3), "26 апреля – 3 мая", "26 April – 3 May"),
        (date(2026, 4, 26), date(2027, 4, 26), "26 апреля 2026 – 26 апреля 2027", "26 April 2026 – 26 April 2027"),
        (date(2025, 4, 26), date(2026, 4, 26), "26 апреля 2025 – 26 апреля 2026", "26 April 2025 – 26 April 2026"),
    ],
)
def test_a_period_says_nothing_twice_and_leaves_no_year_to_guess(first, last, ru, en):
    said = [words.period(first, last, date(2026, 11, 17), lang).replace("\u00a0", " ") for lang in ("ru", "en")]

    assert said == [ru, en]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("form", ["DATE_FORMAT", "MONTH_DAY_FORMAT"])
def test_django_writes_dates_as_the_pages_do(lang, form):
    given = date(2027, 12, 4)
    with translation.override(lang):
        written = date_format(given, form)

    assert written == words.day(given, date(2027 if "MONTH" in form else 2026, 1, 1), lang).replace("\u00a0", " ")
