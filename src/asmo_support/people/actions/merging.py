"""Two entries become one: looked at first, done by the worker, kept in history. There is no way back."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.people.family import above, height
from asmo_support.people.models import DEEPEST, Merge, Organization, User


@transaction.atomic
def merge_organizations(old: Organization, into: Organization, *, by: User) -> Merge:
    """Ask the worker to give everything of one customer to another. The old entry ends with it."""
    _lock(Organization, old, into)
    if reasons := obstacles_of_organizations(old, into):
        raise Refused(" ".join(reasons), field="into")
    return _ask(Merge.Thing.ORGANIZATION, old, into, by)


@transaction.atomic
def merge_people(old: User, into: User, *, by: User) -> Merge:
    """Ask the worker to make one person of two. The old entry is shut out, its address leads to the one that stays."""
    _lock(User, old, into)
    if reasons := obstacles_of_people(old, into):
        raise Refused(" ".join(reasons), field="into")
    return _ask(Merge.Thing.PERSON, old, into, by)


def obstacles_of_organizations(old: Organization, into: Organization, *, job: Merge | None = None) -> list[str]:
    """Why these two cannot become one, in words; empty when they can."""
    if old.pk == into.pk:
        return [_("Choose another customer.")]
    found = list(_in_progress(Merge.Thing.ORGANIZATION, (old.pk, into.pk), job))
    offices = above(into)
    if old.pk in offices[1:]:
        found.append(_("This would make a branch its own head office. Merge the branch between them first."))
    elif into.parent_id != old.pk and len(offices) + height(old) > DEEPEST:
        found.append(_("The branches would lie more than three levels deep. Move them first."))
    for room in rooms():
        if ask := getattr(room, "obstacles", None):
            found += ask(old.pk, into.pk)
    return found


def obstacles_of_people(old: User, into: User, *, job: Merge | None = None) -> list[str]:
    """Why these two cannot become one, in words; empty when they can."""
    if old.pk == into.pk:
        return [_("Choose another person.")]
    found = list(_in_progress(Merge.Thing.PERSON, (old.pk, into.pk), job))
    if old.is_staff or into.is_staff:
        found.append(_("Only people of customers are merged; a colleague is shut out."))
    elif old.organization_id != into.organization_id:
        found.append(_("They belong to different customers. Merge the customers first."))
    if old.merged_into_id or into.merged_into_id:
        found.append(_("One of the two was merged before."))
    elif not into.is_active:
        found.append(_("The person who stays is shut out. Let them in first."))
    return found


def rooms() -> Iterator[ModuleType]:
    """The rooms that move what is theirs: the table in `config/wiring.py`."""
    for name in import_string(settings.MERGING):
        yield import_module(name)


def _lock(model: type[Organization] | type[User], *things: Organization | User) -> None:
    rows = model._default_manager.select_for_update().order_by("pk")  # noqa: SLF001
    if len(list(rows.filter(pk__in=[one.pk for one in things]))) < len({one.pk for one in things}):
        raise Refused(_("One of the two is not there any more."), field="into")


def _in_progress(thing: str, keys: tuple[int, int], job: Merge | None) -> Iterator[str]:
    waiting = Merge.objects.filter(thing=thing, state=Merge.State.WAITING).exclude(pk=job.pk if job else 0)
    if waiting.filter(Q(old_id__in=keys) | Q(new_id__in=keys)).exists():
        yield _("One of the two is being merged already.")


def _ask(thing: Merge.Thing, old: Organization | User, into: Organization | User, by: User) -> Merge:
    names = _called(old), _called(into)
    merge = Merge(thing=thing, old_id=old.pk, old_name=names[0], new_id=into.pk, new_name=names[1], by=by)
    merge.save(force_insert=True)
    kind = f"{old.journal_name}.merge-asked"
    record(old, kind, by=by, internal=True, into=into.pk, name=names[0], into_name=names[1])
    return merge


def _called(thing: Organization | User) -> str:
    return thing.short_name if isinstance(thing, Organization) else thing.name
