"""What a careful person looks at before a year goes into force. Each look says how it went, also when all is well."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from asmo_support.sla.loading.compare import compare
from asmo_support.sla.loading.days import DAY, SATURDAY, YearDays, derived
from asmo_support.sla.russia import DECREES, HOLIDAYS

FEWEST, MOST = 240, 255
# The fewest that ever were, with all days the president freed, are well above this; below it clocks stand in a hole.
HOLE = 150
MOST_WEEKENDS = 6


class Severity(StrEnum):
    """`wrong` keeps a year from being published; `doubt` asks a person; `note` and `fine` only say."""

    FINE = "fine"
    NOTE = "note"
    DOUBT = "doubt"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one look: what was looked at, how it went, the days and numbers that show it."""

    code: str
    severity: Severity
    days: tuple[date, ...] = ()
    found: str = ""
    expected: str = ""


def audit(days: YearDays) -> list[Finding]:
    """The findings, the gravest first."""
    order = list(Severity)
    found = [one for look in LOOKS for one in look(days)]
    return sorted(found, key=lambda one: -order.index(one.severity))


def _holidays_rest(days: YearDays) -> Iterator[Finding]:
    """Art. 112: on a holiday nobody works."""
    worked = [day for day in _holidays(days.year) if days.works(day)]
    yield _finding("holidays", Severity.WRONG, worked)


def _weekends_rest(days: YearDays) -> Iterator[Finding]:
    """More than a few working weekend days mean days of another year."""
    yield _finding("weekends", Severity.WRONG, sorted(days.work) if len(days.work) > MOST_WEEKENDS else [])


def _working_days(days: YearDays) -> Iterator[Finding]:
    number = days.working_days
    severity = Severity.FINE if FEWEST <= number <= MOST else Severity.WRONG if number < HOLE else Severity.DOUBT
    yield Finding("working_days", severity, (), str(number), f"{FEWEST}–{MOST}")


def _sums(days: YearDays) -> Iterator[Finding]:
    """The sums a file brings along must be those of its days."""
    counted: dict[str, Decimal | int] = {
        "work": days.working_days,
        "rest": sum(1 for _ in days.days) - days.working_days,
        "hours40": days.norm(40),
        "hours36": days.norm(36),
        "hours24": days.norm(24),
    }
    wrong = [(name, said) for name, said in days.claims if counted[name] != said]
    for name, said in wrong:
        yield Finding(f"sum_{name}", Severity.WRONG, (), _shown(counted[name]), _shown(said))
    if days.claims and not wrong:
        yield Finding("sums", Severity.FINE, (), str(len(days.claims)))


def _moves_are_kept(days: YearDays) -> Iterator[Finding]:
    """A rest day that was moved is rested where it went to, and worked where it came from unless it was a holiday."""
    holidays = set(_holidays(days.year))
    lost = [rest for rest, _ in days.moves if rest not in holidays and not days.works(rest)]
    lost += [instead for _, instead in days.moves if days.works(instead)]
    if days.moves:
        yield _finding("moves", Severity.WRONG, sorted(set(lost)), found=str(len(days.moves)))


def _weekday_words(days: YearDays) -> Iterator[Finding]:
    if days.form == "decree":  # any word that differs is refused while reading
        yield Finding("weekday_words", Severity.FINE, (), str(2 * len(days.moves)))


def _short_days(days: YearDays) -> Iterator[Finding]:
    """Art. 95: the working day before a holiday is shorter; on other weekdays only order 588н makes one so."""
    holidays = set(_holidays(days.year)) | {date(days.year + 1, 1, 1)}
    eves = {one - DAY for one in holidays} - holidays
    expected = {day for day in eves if day.year == days.year and day.weekday() < SATURDAY and days.works(day)}
    idle = {day for day in days.short if not days.works(day)}
    yield (
        _finding("short_rest", Severity.WRONG, sorted(idle))
        if idle
        else _finding(
            "short",
            Severity.DOUBT,
            sorted(expected - days.short) + sorted(day for day in days.short - expected if day.weekday() < SATURDAY),
            found=str(len(days.short)),
        )
    )


def _own_derivation(days: YearDays) -> Iterator[Finding]:
    """What law and decree give by our own reckoning; without a known decree a difference is what the decree moved."""
    decree = DECREES.get(days.year)
    if days.form in {"decree", "law"} and decree is None:
        return
    different = [one.day for one in compare(derived(days.year, decree), days)]
    code = "derivation" if decree else "law"
    yield _finding(code, Severity.DOUBT if decree else Severity.NOTE, different)


def _what_the_form_hides(days: YearDays) -> Iterator[Finding]:
    yield from (Finding(code, Severity.DOUBT) for code in days.notes)


def _finding(code: str, severity: Severity, days: list[date], found: str = "") -> Finding:
    return Finding(code, severity if days else Severity.FINE, tuple(days), found)


def _shown(number: Decimal | int) -> str:
    return f"{Decimal(number).normalize():f}"


def _holidays(year: int) -> list[date]:
    return [date(year, month, day) for month, day in HOLIDAYS]


LOOKS: tuple[Callable[[YearDays], Iterator[Finding]], ...] = (
    _holidays_rest,
    _weekends_rest,
    _working_days,
    _sums,
    _moves_are_kept,
    _weekday_words,
    _short_days,
    _own_derivation,
    _what_the_form_hides,
)
