"""A calendar is prepared as a draft, looked at, published. What was published stays; going back publishes it again.

The years of the country belong to the desk's own calendar. Whoever publishes them there publishes them in every
calendar that follows the country, in the same transaction.
"""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.sla.calendar import CalendarError
from asmo_support.sla.calendars import faults, standing
from asmo_support.sla.layers import read_layers
from asmo_support.sla.loading import YearDays
from asmo_support.sla.loading.keeping import content_of, packed
from asmo_support.sla.models import CalendarDraft, CalendarVersion, WorkCalendar
from asmo_support.sla.queries import DEFAULT

if TYPE_CHECKING:
    from asmo_support.people.models import User

Content = dict[str, Any]


@transaction.atomic
def open_calendar(name: str, content: Content, *, by: "User | None") -> WorkCalendar:
    """A calendar of its own for a customer, a region, a team. Nothing runs on it until a regulation names it."""
    _check(content)
    base = WorkCalendar.objects.select_for_update().get(slug=DEFAULT)
    text = _own_name(name)
    number = (WorkCalendar.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    row = WorkCalendar.objects.create(slug=f"calendar-{number}", name=text)
    years = _content(base)["years"] if content.get("production", True) else {}
    _publish(row, {**content, "years": years}, by=by, source=_("Set up by hand"), note="", n=1)
    record(row, "calendar.opened", by=by, internal=True, name=row.name)
    return row


@transaction.atomic
def rename(calendar: WorkCalendar, name: str, *, by: "User | None") -> None:
    """Another name; the content stays."""
    WorkCalendar.objects.select_for_update().get(slug=DEFAULT)  # two that take the same name wait for each other
    before, text = calendar.name, _plain(name)
    if text and text != before:
        calendar.name = _own_name(text, besides=calendar)
        calendar.save(update_fields=["name"])
        record(calendar, "calendar.renamed", by=by, internal=True, before=before, after=calendar.name)


@transaction.atomic
def retire(calendar: WorkCalendar, *, by: "User | None", retired: bool = True) -> None:
    """Offer it no longer for new regulations and contracts. Those that name it go on with it, as their clocks do."""
    row = _locked(calendar)
    if row.slug == DEFAULT:
        raise Refused(_("The desk’s own calendar is always needed."))
    if row.retired != retired:
        row.retired = retired
        row.save(update_fields=["retired"])
        record(row, "calendar.retired" if retired else "calendar.offered", by=by, internal=True)


@transaction.atomic
def load_year(
    calendar: WorkCalendar, days: YearDays, *, by: "User | None", title: str, seen: str = ""
) -> CalendarDraft:
    """Prepare a year for everybody who follows the country. It is in force once it is published.

    `seen` is how the calendar stood when the page was opened (`standing`): nobody's draft is replaced unseen.
    """
    row = _locked(calendar)
    _as_seen(row, seen)
    if row.slug != DEFAULT:
        raise Refused(_("Years of the country are loaded into the desk’s own calendar; the others follow it."))
    content = _content(row)
    content["years"] = {**content["years"], str(days.year): content_of(days, title)}
    return _draft(row, content, by=by, loaded=packed(days), source=title)


@transaction.atomic
def change_hours(calendar: WorkCalendar, changes: Content, *, by: "User | None", seen: str = "") -> CalendarDraft:
    """Prepare other hours, another zone, other days of one's own. `changes` are keys of the content.

    `seen` as with `load_year`.
    """
    row = _locked(calendar)
    _as_seen(row, seen)
    content = {**_content(row), **changes}
    if content["production"] and not content["years"] and row.slug != DEFAULT:
        content["years"] = _content(WorkCalendar.objects.get(slug=DEFAULT))["years"]
    if content == _content(row):
        raise Refused(_("Nothing is different from what is in force."))
    return _draft(row, content, by=by, loaded=None, source="")


@transaction.atomic
def go_back(version: CalendarVersion, *, by: "User | None", seen: str = "") -> CalendarDraft:
    """Prepare the content of an earlier version to be published again. `seen` as with `load_year`."""
    row = _locked(version.calendar)
    _as_seen(row, seen)
    if version.content == _content(row):
        raise Refused(_("Nothing is different from what is in force."))
    source = _("As in version %(n)s: %(source)s") % {"n": version.n, "source": version.source}
    return _draft(row, version.content, by=by, loaded=None, source=source)


@transaction.atomic
def drop(calendar: WorkCalendar, *, by: "User | None", seen: str = "") -> None:
    """Throw the draft away. `seen` as with `load_year`."""
    row = _locked(calendar)
    _as_seen(row, seen)
    gone, _rows = CalendarDraft.objects.filter(calendar=row).delete()
    if gone:
        record(row, "calendar.draft-dropped", by=by, internal=True)


@transaction.atomic
def publish(
    calendar: WorkCalendar, *, by: "User | None", source: str, note: str = "", seen: str = "", base: int | None = None
) -> CalendarVersion:
    """Put the draft into force. Clocks that are going are counted anew by the worker; history says what moved.

    `seen` is the mark of the draft that was looked at: what somebody has changed since is not published unseen.
    `base` is the version that was in force then: it tells what became of a draft that is not there any more.
    """
    row = _locked(calendar)
    draft = CalendarDraft.objects.select_for_update().filter(calendar=row).first()
    if draft is None:
        raise Conflict(_published_or_gone(row, base))
    if seen and seen != draft.mark:
        raise Conflict(_("Somebody has changed the draft meanwhile. Look at it again before you publish it."))
    if draft.base != row.current:
        raise Conflict(
            _("Somebody has published another version meanwhile. Throw this draft away and prepare it anew.")
        )
    if not source.strip():
        raise Refused(_("Say where it comes from: the decree, the page, the letter."), field="source")
    if faults(draft):
        raise Refused(_("The audit found mistakes. Such a year cannot be published."))
    _check(draft.content)
    version = _publish(row, draft.content, by=by, source=source.strip(), note=note.strip())
    draft.delete()
    if row.slug == DEFAULT:
        _lead(version, by=by)
    return version


def _plain(name: str) -> str:
    return " ".join(clean(name).split())


def _own_name(name: str, besides: WorkCalendar | None = None) -> str:
    """A name that no other calendar has, retired ones included: regulations and contracts are chosen by it."""
    text = _plain(name)
    if not text:
        raise Refused(_("A calendar needs a name."), field="name")
    others = WorkCalendar.objects.exclude(pk=besides.pk) if besides else WorkCalendar.objects.all()
    if others.filter(name__iexact=text).exists():
        raise Refused(_("There is a calendar with this name already."), field="name")
    return text


def _published_or_gone(row: WorkCalendar, base: int | None) -> str:
    version = row.versions.select_related("author").get(n=row.current)
    if base is None or version.n <= base:
        return _("There is nothing to publish: the draft was thrown away.")
    words = _("Version %(n)s is published already: %(name)s, %(at)s.")
    at = date_format(timezone.localtime(version.published_at), "DATETIME_FORMAT")
    return words % {"n": version.n, "name": version.author or "АСМО", "at": at}


def _as_seen(row: WorkCalendar, seen: str) -> None:
    if not seen or seen == standing(row):
        return
    draft = CalendarDraft.objects.filter(calendar=row).select_related("author").first()
    if draft is None:
        raise Conflict(_("Meanwhile the draft of this calendar was published or thrown away. Look, and try again."))
    words = _("Meanwhile %(name)s has prepared a draft of this calendar. Look at it; try again to replace it.")
    raise Conflict(words % {"name": draft.author or _("somebody")})


def _lead(version: CalendarVersion, *, by: "User | None") -> None:
    """Calendars that follow the country get its years; drafts of theirs too, so that they lose nothing."""
    years = version.content["years"]
    for row in WorkCalendar.objects.select_for_update().exclude(slug=DEFAULT).order_by("pk"):
        content = _content(row)
        if not content.get("production", True) or content.get("years") == years:
            continue
        note = _("Follows the calendar “%(name)s”.") % {"name": version.calendar.name}
        made = _publish(row, {**content, "years": years}, by=by, source=version.source, note=note)
        for draft in CalendarDraft.objects.select_for_update().filter(calendar=row, base=made.n - 1):
            draft.content["years"], draft.base = years, made.n
            draft.save(update_fields=["content", "base"])


def _publish(row: WorkCalendar, content: Content, *, by: "User | None", **said: Any) -> CalendarVersion:
    last = row.versions.aggregate(last=Max("n"))["last"] or 0
    version = CalendarVersion.objects.create(
        calendar=row, n=said.pop("n", last + 1), content=content, author=by, **said
    )
    row.current = version.n
    row.save(update_fields=["current"])
    record(row, "calendar.published", by=by, internal=True, n=version.n, source=version.source)
    return version


def _draft(row: WorkCalendar, content: Content, *, by: "User | None", **more: Any) -> CalendarDraft:
    _check(content)
    draft, _new = CalendarDraft.objects.update_or_create(
        calendar=row, defaults={"content": content, "base": row.current, "author": by, **more}
    )
    record(row, "calendar.drafted", by=by, internal=True, base=row.current)
    return draft


def _locked(calendar: WorkCalendar) -> WorkCalendar:
    return WorkCalendar.objects.select_for_update().get(pk=calendar.pk)


def _content(row: WorkCalendar) -> Content:
    content: Content = row.versions.get(n=row.current).content
    return content


def _check(content: Content) -> None:
    try:
        read_layers(content)
    except CalendarError as wrong:
        raise Refused(str(wrong)) from None
