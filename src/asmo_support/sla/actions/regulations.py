"""Regulations: a draft is written, published from a day on, and stays. What it replaces ends the day before."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ManyToOneRel, Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.sla.models import Norm, Regulation, RegulationVersion
from asmo_support.sla.queries import DEFAULT, RulesCase
from asmo_support.sla.regulations import CASES, Terms, matrix_of, why_not_withdrawn
from asmo_support.sla.worktime import LAST_YEAR

if TYPE_CHECKING:
    from asmo_support.people.models import User
    from asmo_support.sla.norms import Norms

DRAFT, PUBLISHED = RegulationVersion.State.DRAFT, RegulationVersion.State.PUBLISHED
LONGEST_VULNERABILITY = 365
ONE_DAY = timedelta(days=1)


@transaction.atomic
def found(name: str, *, by: "User") -> RegulationVersion:
    """A new regulation. Its first draft begins with the norms of the vendor's own, to be rewritten."""
    text = clean(name)
    if not text:
        raise Refused(_("A regulation needs a name."), field="name")
    if Regulation.objects.filter(name__iexact=text).exists():
        raise Refused(_("There is a regulation with this name already."), field="name")
    regulation = Regulation(name=text, slug=f"r{(Regulation.objects.aggregate(last=Max('pk'))['last'] or 0) + 1}")
    regulation.save(force_insert=True)
    record(regulation, "regulation.added", by=by, internal=True, name=text)
    return _copied(regulation, _latest(Regulation.objects.get(slug=DEFAULT)), by=by)


@transaction.atomic
def begin_draft(regulation: Regulation, *, by: "User") -> RegulationVersion:
    """The next version, as a copy of the newest published one. The draft that is there already stays the only one."""
    _lock(regulation)
    draft = regulation.versions.filter(state=DRAFT).first()
    if draft:
        return draft
    return _copied(regulation, _latest(regulation), by=by)


@transaction.atomic
def write_draft(version: RegulationVersion, terms: Terms, *, by: "User", seen: str = "") -> None:
    """Everything the draft says, anew. A published version is never rewritten.

    `seen` is the mark of the draft the writer began with: what somebody has written since is not lost unseen.
    """
    _lock(version.regulation)
    _still_draft(version)
    if seen and seen != version.mark:
        words = _("While you were writing, %(name)s has changed this draft. Compare, and save again to replace it.")
        raise Conflict(words % {"name": version.author or _("somebody")})
    _check(terms)
    version.calendar, version.note = terms.calendar, clean(terms.note)
    version.vulnerability_days = terms.vulnerability_days
    version.vulnerability_in_working_days = terms.vulnerability_in_working_days
    version.author = by
    version.save(update_fields=["calendar", "note", "vulnerability_days", "vulnerability_in_working_days", "author"])
    version.norms.all().delete()
    Norm.objects.bulk_create(_norm(version, case, norms) for case, norms in terms.matrix.items())
    record(version.regulation, "regulation.draft-written", by=by, internal=True, n=version.n)


@transaction.atomic
def drop_draft(version: RegulationVersion, *, by: "User") -> None:
    """Throw the draft away; a regulation that has nothing else goes with it."""
    regulation = version.regulation
    _lock(regulation)
    _still_draft(version)
    last = not RegulationVersion.objects.filter(regulation=regulation).exclude(pk=version.pk).exists()
    if last and (contracts := _named_by(regulation)):
        words = _("Contracts name it: %(numbers)s. Give them another regulation first.")
        raise Refused(words % {"numbers": ", ".join(contracts)})
    record(regulation, "regulation.draft-dropped", by=by, internal=True, n=version.n, name=regulation.name)
    version.delete()
    if last:
        regulation.delete()


@transaction.atomic
def publish(version: RegulationVersion, starts_on: date, *, by: "User", seen: str = "") -> None:
    """From this day on new tickets are served by it; what was in force ends the day before. Old tickets keep theirs.

    `seen` is the mark of the draft that was looked at: what somebody has changed since is not published unseen.
    """
    _lock(version.regulation)
    _still_draft(version)
    if seen and seen != version.mark:
        raise Conflict(_("Somebody has changed the draft meanwhile. Look at it again before you publish it."))
    older = version.regulation.versions.filter(state=PUBLISHED).order_by("-starts_on").first()
    _check_start(starts_on, older)
    if not version.norms.exclude(reaction_minutes=None, resolution_minutes=None, planned=False).exists():
        raise Refused(_("This version promises nothing at all: fill in the matrix first."))
    if older:
        older.ends_on = starts_on - ONE_DAY
        older.save(update_fields=["ends_on"])
    version.state, version.starts_on, version.published_at, version.author = PUBLISHED, starts_on, timezone.now(), by
    version.save(update_fields=["state", "starts_on", "published_at", "author"])
    record(version.regulation, "regulation.published", by=by, internal=True, n=version.n, starts_on=str(starts_on))


@transaction.atomic
def withdraw(version: RegulationVersion, *, by: "User") -> None:
    """Take back a version that has not begun: the one before goes on, and what was written is a draft again."""
    regulation = version.regulation
    _lock(regulation)
    version.refresh_from_db()
    # As the rows are now: the versions that the page has read may be others.
    if words := why_not_withdrawn(Regulation.objects.get(pk=regulation.pk), version, timezone.localdate()):
        raise Refused(words)
    older = regulation.versions.filter(state=PUBLISHED, starts_on__lt=version.starts_on).order_by("-starts_on").first()
    copy = _copied(regulation, version, by=by)
    version.delete()
    if older:
        older.ends_on = None
        older.save(update_fields=["ends_on"])
    record(regulation, "regulation.withdrawn", by=by, internal=True, n=version.n, draft=copy.n)


@transaction.atomic
def change_regulation(regulation: Regulation, *, by: "User", name: str, retired: bool) -> None:
    """Rename, retire, bring back. One that contracts name stays, and so does the vendor's own."""
    _lock(regulation)
    text = clean(name)
    if not text:
        raise Refused(_("A regulation needs a name."), field="name")
    if Regulation.objects.filter(name__iexact=text).exclude(pk=regulation.pk).exists():
        raise Refused(_("There is a regulation with this name already."), field="name")
    if retired and regulation.slug == DEFAULT:
        raise Refused(_("This one serves everybody whose contract names no other; it stays."), field="retired")
    contracts = _named_by(regulation) if retired else []
    if contracts:
        words = _("Contracts name it: %(numbers)s. Give them another regulation first.")
        raise Refused(words % {"numbers": ", ".join(contracts)}, field="retired")
    if (regulation.name, regulation.retired) != (text, retired):
        regulation.name, regulation.retired = text, retired
        regulation.save(update_fields=["name", "retired"])
        record(regulation, "regulation.changed", by=by, internal=True, name=text, retired=retired)


def _lock(regulation: Regulation) -> None:
    """Two administrators may be publishing together: one waits for the other."""
    Regulation.objects.select_for_update().get(pk=regulation.pk)


def _still_draft(version: RegulationVersion) -> None:
    try:
        version.refresh_from_db()
    except RegulationVersion.DoesNotExist:
        raise Conflict(_("This draft was thrown away meanwhile. Begin a new one.")) from None
    if version.state != DRAFT:
        words = _("Version %(n)s is published already and stays as it is: %(name)s, in force from %(day)s.")
        day = date_format(version.starts_on, "DATE_FORMAT") if version.starts_on else "…"
        raise Conflict(words % {"n": version.n, "name": version.author or _("somebody"), "day": day})


def _named_by(regulation: Regulation) -> list[str]:
    """The first few contracts that name it. They live on a floor above, so the models themselves are asked."""
    found: list[str] = []
    for relation in Regulation._meta.get_fields(include_hidden=True):  # noqa: SLF001
        if isinstance(relation, ManyToOneRel) and relation.related_model is not RegulationVersion:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: regulation})  # noqa: SLF001
            found += [str(getattr(row, "number", row.pk)) for row in rows.order_by("pk")[:5]]
    return found


def _latest(regulation: Regulation) -> RegulationVersion:
    """The newest published version; the vendor's own always has one."""
    own = regulation.versions.filter(state=PUBLISHED).order_by("-starts_on").first()
    return own or RegulationVersion.objects.filter(regulation__slug=DEFAULT, state=PUBLISHED).latest("starts_on")


def _copied(regulation: Regulation, source: RegulationVersion, *, by: "User") -> RegulationVersion:
    last = regulation.versions.aggregate(last=Max("n"))["last"] or 0
    copy = RegulationVersion(
        regulation=regulation, n=last + 1, calendar=source.calendar, author=by,
        vulnerability_days=source.vulnerability_days,
        vulnerability_in_working_days=source.vulnerability_in_working_days,
        note=source.note if source.state == PUBLISHED and source.regulation_id == regulation.pk else "",
    )  # fmt: skip
    copy.save(force_insert=True)
    Norm.objects.bulk_create(_norm(copy, case, norms) for case, norms in matrix_of(source).items())
    return copy


def _norm(version: RegulationVersion, case: RulesCase, norms: "Norms") -> Norm:
    kind, critical, standard = case
    return Norm(
        version=version, kind=kind, critical=critical, standard=standard, reaction_minutes=norms.reaction_minutes,
        resolution_minutes=norms.resolution_minutes, planned=norms.planned, update_minutes=norms.update_minutes,
    )  # fmt: skip


def _check(terms: Terms) -> None:
    if set(terms.matrix) != set(CASES):
        raise Refused(_("The matrix has a line for every kind of request."))
    if not 1 <= terms.vulnerability_days <= LONGEST_VULNERABILITY:
        raise Refused(_("Name 1 to 365 days."), field="vulnerability_days")
    for norms in terms.matrix.values():
        minutes = (norms.reaction_minutes, norms.resolution_minutes, norms.update_minutes)
        if any(one is not None and one <= 0 for one in minutes):
            raise Refused(_("A norm is longer than nothing: write hours like 2 or 2:30, or leave it empty."))
        if norms.planned and norms.resolution_minutes is not None:
            raise Refused(_("Either hours or a planned date, not both."))


def _check_start(starts_on: date, older: RegulationVersion | None) -> None:
    """Nothing that was in force is rewritten: a first version may begin in the past, a later one not."""
    if not 2000 <= starts_on.year <= LAST_YEAR:
        raise Refused(_("Check the year."), field="starts_on")
    if older is None or older.starts_on is None:
        return
    if starts_on <= older.starts_on:
        words = _("Version %(n)s is in force from %(day)s: the next one begins later.")
        day = date_format(older.starts_on, "DATE_FORMAT")
        raise Refused(words % {"n": older.n, "day": day}, field="starts_on")
    if starts_on < timezone.localdate():
        raise Refused(_("Today or later: days that have passed keep the regulation they had."), field="starts_on")
