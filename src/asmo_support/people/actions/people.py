"""Customers and people: added, changed, let in, shut out. Every step is in the journal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.people.family import above, height
from asmo_support.people.models import DEEPEST, AccessToken, Invitation, Organization, User, canonical_email
from asmo_support.people.roles import CUSTOMER_ROLES, STAFF_ROLES

ORGANIZATION = ("name", "short_name", "parent", "visibility", "phones")
PERSON = ("name", "email", "role", "department", "position", "phone", "extension", "competences")
SHORTEST_PHONE = 3
IN_RACE = "organization_family"


@transaction.atomic
def add_organization(facts: Mapping[str, Any], *, by: User) -> Organization:
    """A new customer. It has no contract and no people yet."""
    organization = Organization(**{name: _clean(facts[name]) for name in ORGANIZATION if name in facts})
    _check_family(organization)
    with _family_kept():
        organization.save(force_insert=True)
    record(organization, "organization.added", by=by, internal=True, name=organization.name)
    return organization


@transaction.atomic
def change_organization(organization: Organization, facts: Mapping[str, Any], *, by: User) -> None:
    """Change names, head office or whose tickets its people see."""
    _lock(organization)
    changed = _apply(organization, facts, ORGANIZATION)
    _check_family(organization)
    if changed:
        with _family_kept():
            organization.save(update_fields=[*changed, "sort_name"])
        record(organization, "organization.changed", by=by, internal=True, changes=changed)


@transaction.atomic
def add_person(facts: Mapping[str, Any], *, by: User | None, organization: Organization | None = None) -> User:
    """A new person, of a customer or of the desk, without a password: a letter lets them set one."""
    known = {name: _clean(facts[name]) for name in (*PERSON, "language") if name in facts}
    person = User(organization=organization, **known)
    _check_person(person)
    person.set_unusable_password()
    person.save(force_insert=True)
    record(person, "user.added", by=by, internal=is_quiet(by), name=person.name, role=person.role)
    return person


@transaction.atomic
def change_person(person: User, facts: Mapping[str, Any], *, by: User) -> None:
    """Change who a person is and what they may do; it holds from their next request on."""
    _lock(person)
    changed = _apply(person, facts, PERSON)
    _check_person(person)
    if person.pk == by.pk and "role" in changed:
        raise Refused(_("You cannot change your own role."), field="role")
    if changed:
        person.save(update_fields=[*changed, "sort_name"])
        record(person, "user.changed", by=by, internal=is_quiet(by), changes=changed)


@transaction.atomic
def deactivate(person: User, *, by: User | None) -> None:
    """Shut a person out: sessions end at once and for good, tokens are revoked. What they wrote stays."""
    _lock(person)
    if by and person.pk == by.pk:
        raise Refused(_("You cannot shut yourself out."))
    person.is_active = False
    # A session is tied to the password: with another one no old session comes back, not even after a return.
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    now = timezone.now()
    AccessToken.objects.filter(user=person, revoked_at=None).update(revoked_at=now)
    Invitation.objects.open().filter(person=person).update(withdrawn_at=now)
    record(person, "user.deactivated", by=by, internal=is_quiet(by))


@transaction.atomic
def activate(person: User, *, by: User) -> None:
    """Let a person in again; a letter lets them set a new password."""
    _lock(person)
    if person.merged_into:
        raise Refused(_("This entry was merged with %(name)s and stays shut.") % {"name": person.merged_into.name})
    person.is_active = True
    _check_extension(person)
    person.save(update_fields=["is_active"])
    record(person, "user.activated", by=by, internal=is_quiet(by))


def is_quiet(by: User | None) -> bool:
    """What the desk does with people is told to the desk; what a customer does with its own, to the customer too."""
    return by is None or by.is_staff


def _lock(thing: Organization | User) -> None:
    rows: Any = type(thing).objects
    thing.refresh_from_db(from_queryset=rows.select_for_update())


def _apply(thing: Organization | User, facts: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, list[str]]:
    changed = {}
    for name in names:
        if name in facts and getattr(thing, name) != _clean(facts[name]):
            changed[name] = [_plain(getattr(thing, name)), _plain(facts[name])]
            setattr(thing, name, _clean(facts[name]))
    return changed


def _check_family(organization: Organization) -> None:
    if not organization.name or not organization.short_name:
        raise Refused(_("A customer needs both names."), field="name")
    if organization.parent_id is None:
        return
    offices = above(organization)
    if organization.pk and organization.pk in offices:
        raise Refused(_("A customer cannot be its own head office."), field="parent")
    if len(offices) + 1 + height(organization) > DEEPEST:
        raise Refused(_("Branches lie three levels deep at most: head office, branch, its branch."), field="parent")


@contextmanager
def _family_kept() -> Iterator[None]:
    """Two people may move branches at one moment: then the database is the one to say no."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        if IN_RACE not in str(problem):
            raise
        raise Conflict(_("Somebody has just moved these branches. Look once more."), field="parent") from problem


def _check_person(person: User) -> None:
    own = STAFF_ROLES if person.organization_id is None else CUSTOMER_ROLES
    if person.role not in own:
        raise Refused(_("This role is not for a person of this side."), field="role")
    person.email = canonical_email(person.email)
    if person.phone and sum(one.isdigit() for one in person.phone) < SHORTEST_PHONE:
        raise Refused(_("Write the phone with its digits, as +7 495 123-45-67."), field="phone")
    _check_extension(person)
    if User.objects.filter(email=person.email).exclude(pk=person.pk).exists():
        raise Refused(_("Somebody with this address is here already."), field="email")


def _check_extension(person: User) -> None:
    if not person.extension:
        return
    if person.organization_id is not None or not person.extension.isascii() or not person.extension.isdigit():
        raise Refused(
            _("An inner number is for people of the desk: digits alone, as in the exchange."), field="extension"
        )
    holder = User.objects.filter(extension=person.extension, is_active=True).exclude(pk=person.pk).first()
    if holder and person.is_active:
        raise Refused(_("This inner number is %(name)s’s.") % {"name": holder.name}, field="extension")


def _clean(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return value.short_name if isinstance(value, Organization) else str(value or "")
