"""Reads of working calendars for those who keep them: what is in force, what a draft would change, what is missing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from asmo_support.sla.layers import LayeredCalendar, read_layers
from asmo_support.sla.loading import Finding, Severity, YearDays, audit
from asmo_support.sla.loading.days import days_of
from asmo_support.sla.loading.keeping import unpacked
from asmo_support.sla.models import CalendarDraft, CalendarVersion, WorkCalendar
from asmo_support.sla.queries import DEFAULT

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A calendar with the version that is in force."""

    row: WorkCalendar
    version: CalendarVersion
    calendar: LayeredCalendar

    @property
    def is_base(self) -> bool:
        """The desk's own: the years of the country are loaded here."""
        return self.row.slug == DEFAULT


@dataclass(frozen=True, slots=True)
class YearState:
    """A year of a calendar: by which decree, or provisional when it follows from the law alone."""

    year: int
    decree: str
    working_days: int

    @property
    def is_provisional(self) -> bool:
        return not self.decree


def shelf() -> list[Shown]:
    """All calendars, the desk's own first: one statement."""
    rows = CalendarVersion.objects.filter(n=F("calendar__current")).select_related("calendar", "author")
    found = [Shown(one.calendar, one, read_layers(one.content)) for one in rows]
    return sorted(found, key=lambda one: (not one.is_base, one.row.retired, one.row.name.casefold()))


def shown(pk: int) -> Shown | None:
    """One calendar as it is in force."""
    rows = CalendarVersion.objects.filter(n=F("calendar__current"), calendar=pk)
    version = rows.select_related("calendar", "author").first()
    return Shown(version.calendar, version, read_layers(version.content)) if version else None


def names() -> list[str]:
    """The names calendars go by outside of pages, the desk's own first."""
    slugs = WorkCalendar.objects.order_by("pk").values_list("slug", flat=True)
    return sorted(slugs, key=lambda one: one != DEFAULT)


def in_force(slug: str = DEFAULT) -> LayeredCalendar:
    """The calendar that clocks run on now."""
    rows = CalendarVersion.objects.filter(n=F("calendar__current"), calendar__slug=slug)
    return read_layers(rows.get().content)


def versions(row: WorkCalendar) -> list[CalendarVersion]:
    """All versions, the newest first."""
    return list(row.versions.select_related("author").order_by("-n"))


def version(pk: int, n: int) -> CalendarVersion | None:
    return CalendarVersion.objects.filter(calendar=pk, n=n).select_related("calendar", "author").first()


def draft_of(row: WorkCalendar) -> CalendarDraft | None:
    return CalendarDraft.objects.filter(calendar=row).select_related("author", "calendar").first()


def standing(row: WorkCalendar) -> str:
    """Changes with the version in force and with the draft: what a page was opened on."""
    current = WorkCalendar.objects.values_list("current", flat=True).get(pk=row.pk)
    draft = draft_of(row)
    return f"{current}-{draft.mark if draft else ''}"


def years_of(calendar: LayeredCalendar, today: date) -> list[YearState]:
    """The years that were loaded and the two after today's, in order."""
    numbers = sorted({*calendar.years, today.year, today.year + 1, today.year + 2})
    years = (calendar.year(number) for number in numbers)
    return [
        YearState(one.year, one.decree, sum(bool(calendar.hours(day)) for day in days_of(one.year))) for one in years
    ]


def wanted_year(calendar: LayeredCalendar, today: date) -> int | None:
    """From 1 December: the next year, as long as it has no decree."""
    coming = today.year + 1
    return coming if today.month == DECEMBER and calendar.year(coming).is_provisional else None


def loaded_year(draft: CalendarDraft) -> YearDays | None:
    return unpacked(draft.loaded) if draft.loaded else None


def audited(draft: CalendarDraft) -> list[Finding]:
    """What the audit says of the year that was loaded; nothing when none was."""
    days = loaded_year(draft)
    return audit(days) if days else []


def faults(draft: CalendarDraft) -> list[Finding]:
    """The findings that keep a draft from being published."""
    return [one for one in audited(draft) if one.severity == Severity.WRONG]


def would_be(draft: CalendarDraft) -> dict[str, LayeredCalendar]:
    """The calendars as they would be once the draft is published, by slug: itself and those that follow it."""
    found = {draft.calendar.slug: read_layers(draft.content)}
    if draft.calendar.slug == DEFAULT:
        years = draft.content["years"]
        rows = CalendarVersion.objects.filter(n=F("calendar__current"))
        for one in rows.exclude(calendar__slug=DEFAULT).select_related("calendar"):
            if one.content.get("production", True) and one.content.get("years") != years:
                found[one.calendar.slug] = read_layers({**one.content, "years": years})
    return found


def changed_years(old: LayeredCalendar, new: LayeredCalendar, today: date) -> list[int]:
    """The years in which a day has other hours now; when the hours of the week changed, this year and the next."""
    if old.zone.key != new.zone.key or old.week != new.week or old.shortening != new.shortening:
        return [today.year, today.year + 1]
    numbers = {*old.years, *new.years} | {day.year for day in {*old.days, *new.days}} | {today.year, today.year + 1}
    return [number for number in sorted(numbers) if old.production != new.production or _differs(old, new, number)]


def _differs(old: LayeredCalendar, new: LayeredCalendar, number: int) -> bool:
    return any(old.hours(day) != new.hours(day) for day in days_of(number))
