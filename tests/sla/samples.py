"""One year in each form that can be loaded, written from the descriptions of the forms and from the law, not by our code.

`TABLE` is what the government published: working weekend days, shortened days, weekdays off.
"""

import json
from datetime import date, timedelta

TABLE = {
    2023: ("", "22.02 07.03 03.11", "02-06.01 23.02 24.02 08.03 01.05 08.05 09.05 12.06 06.11"),
    2024: (
        "27.04 02.11 28.12",
        "22.02 07.03 08.05 11.06 02.11",
        "01-05.01 08.01 23.02 08.03 29.04 30.04 01.05 09.05 10.05 12.06 04.11 30.12 31.12",
    ),
    2025: (
        "01.11",
        "07.03 30.04 11.06 01.11",
        "01-03.01 06-08.01 01.05 02.05 08.05 09.05 12.06 13.06 03.11 04.11 31.12",
    ),
    2026: ("", "30.04 08.05 11.06 03.11", "01.01 02.01 05-09.01 23.02 09.03 01.05 11.05 12.06 04.11 31.12"),
    2027: (
        "20.02",
        "20.02 30.04 11.06 03.11",
        "01.01 04-08.01 22.02 23.02 08.03 03.05 10.05 14.06 04.11 05.11 31.12",
    ),
}
# What the sums at the end of a file say: working days, hours of a week of 40.
SUMS = {2023: (247, 1973), 2024: (248, 1979), 2025: (247, 1972), 2026: (247, 1972), 2027: (247, 1972)}
MOVED = {
    2023: "01.01-24.02 08.01-08.05",
    2024: "06.01-10.05 07.01-31.12 27.04-29.04 02.11-30.04 28.12-30.12",
    2025: "04.01-02.05 05.01-31.12 23.02-08.05 08.03-13.06 01.11-03.11",
    2026: "03.01-09.01 04.01-31.12",
    2027: "02.01-05.11 03.01-31.12 20.02-22.02",
}
HEADER = (
    '"Год/Месяц","Январь","Февраль","Март","Апрель","Май","Июнь","Июль","Август","Сентябрь","Октябрь","Ноябрь",'
    '"Декабрь","Всего рабочих дней","Всего праздничных и выходных дней",'
    '"Количество рабочих часов при 40-часовой рабочей неделе","Количество рабочих часов при 36-часовой рабочей неделе",'
    '"Количество рабочих часов при 24-часовой рабочей неделе"'
)
DECREES = {
    2024: """Постановление Правительства РФ от 10 августа 2023 г. № 1314
«О переносе выходных дней в 2024 году»

В целях рационального использования работниками выходных и нерабочих праздничных дней Правительство Российской
Федерации постановляет:
Перенести в 2024 году следующие выходные дни:
с субботы 6 января на пятницу 10 мая;
с воскресенья 7 января на вторник 31 декабря;
с субботы 27 апреля на понедельник 29 апреля;
с субботы 2 ноября на вторник 30 апреля;
с субботы 28 декабря на понедельник 30 декабря.
""",
    2026: "Перенести в 2026 году выходные дни: с субботы, 3 января, на пятницу, 9 января; с воскресенья,\n"
    "4 января, на четверг, 31 декабря.",
    2027: "О переносе выходных дней в 2027\u00a0году\nс субботы 2 января 2027 г. на пятницу 5 ноября 2027 г.;\n"
    "с воскресенья 3\u00a0января на пятницу 31 декабря;\nС субботы 20 февраля на понедельник 22 февраля.",
}


def dates(text: str, year: int) -> set[date]:
    """The days of “02-06.01 23.02”."""
    found = set()
    for part in text.split():
        days, month = part.split(".")
        first, _, last = days.partition("-")
        found |= {date(year, int(month), day) for day in range(int(first), int(last or first) + 1)}
    return found


def kinds(year: int) -> dict[date, str]:
    """Each day of a published year: off, work or short."""
    worked, short, off = (dates(text, year) for text in TABLE[year])
    day, found = date(year, 1, 1), {}
    while day.year == year:
        works = day in worked or (day.weekday() < 5 and day not in off)
        found[day] = ("short" if day in short else "work") if works else "off"
        day += timedelta(days=1)
    return found


def xml(year: int) -> str:
    worked, short, off = (dates(text, year) for text in TABLE[year])
    moved = {onto: rest for rest, onto in moves(year)}
    lines = []
    for day in sorted(worked | short | off):
        mark = "2" if day in short else "3" if day in worked else "1"
        origin = f' f="{moved[day]:%m.%d}"' if day in moved else ""
        lines.append(f'        <day d="{day:%m.%d}" t="{mark}"{origin}/>')
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<calendar year="{year}" lang="ru" date="{year - 1}.09.02">\n'
        '    <holidays>\n        <holiday id="1" title="Новогодние каникулы"/>\n    </holidays>\n    <days>\n'
        + "\n".join(lines)
        + "\n    </days>\n</calendar>"
    )


def cells(year: int) -> list[str]:
    """The months as lists of days with their marks."""
    added = {onto for _, onto in moves(year)}
    found = []
    for month in range(1, 13):
        marks = []
        for day, kind in kinds(year).items():
            if day.month == month and kind != "work":
                marks.append(f"{day.day}{'*' if kind == 'short' else '+' if day in added else ''}")
        found.append(",".join(marks))
    return found


def months_json(year: int) -> str:
    working, hours = SUMS[year]
    length, short = len(kinds(year)), len(TABLE[year][1].split())
    return json.dumps(
        {
            "year": year,
            "months": [{"month": number, "days": cell} for number, cell in enumerate(cells(year), 1)],
            "transitions": [{"from": f"{rest:%m.%d}", "to": f"{onto:%m.%d}"} for rest, onto in moves(year)],
            "statistic": {
                "workdays": working,
                "holidays": length - working,
                "hours40": hours,
                "hours36": round(7.2 * working - short, 1),
                "hours24": round(4.8 * working - short, 1),
            },
        },
        indent=1,
    )


def digits(year: int) -> str:
    return "".join({"work": "0", "off": "1", "short": "2"}[kind] for kind in kinds(year).values())


def contribution(year: int) -> str:
    worked, short, off = ([f"{day:%m%d}" for day in sorted(dates(text, year))] for text in TABLE[year])
    lists = {"dayoff": off, "predayoff": short, "dayoff6": [], "predayoff6": [], "workday": worked, "covidday": []}
    return json.dumps(
        {"year": year, "countrycode": "ru", **lists, "holiday": ["0101", "0223"], "author": "—"}, indent=1
    )


def table(*years: int) -> str:
    rows = [HEADER]
    for year in years:
        working, hours = SUMS[year]
        short = len(TABLE[year][1].split())
        sums = [
            working,
            len(kinds(year)) - working,
            hours,
            f"{7.2 * working - short:.1f}",
            f"{4.8 * working - short:.1f}",
        ]
        rows.append(",".join([str(year), *(f'"{cell}"' for cell in cells(year)), *map(str, sums)]))
    return "\n".join(rows) + "\n"


def decree(year: int) -> str:
    return DECREES.get(year) or f"Перенести в {year} году: " + "; ".join(
        f"{_said(rest, FROM)} на {_said(onto, ONTO)}" for rest, onto in moves(year)
    )


def moves(year: int) -> list[tuple[date, date]]:
    pairs = (pair.split("-") for pair in MOVED[year].split())
    return [(*dates(rest, year), *dates(onto, year)) for rest, onto in pairs]


FROM = ["с понедельника", "со вторника", "со среды", "с четверга", "с пятницы", "с субботы", "с воскресенья"]
ONTO = ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"]
MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]


def _said(day: date, words: list[str]) -> str:
    return f"{words[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
