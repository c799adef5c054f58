"""Reads by what people write and remember: domains of addresses, numbers and addresses of entries that were merged."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, Value, When

from asmo_support.journal.models import Event
from asmo_support.people.domains import suffixes
from asmo_support.people.models import Invitation, Merge, Organization, OrganizationDomain, User, canonical_email

HISTORY = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """A person with what became of the invitation."""

    person: User
    invitation: Invitation | None

    @property
    def standing(self) -> str:
        """`in`, `invited`, `expired`, `outside` (never invited, or withdrawn), `shut`."""
        if not self.person.is_active:
            return "shut"
        if self.person.has_joined:
            return "in"
        return {"sent": "invited", "expired": "expired"}.get(
            self.invitation.state if self.invitation else "", "outside"
        )


def organization_by_domain(address: str) -> Organization | None:
    """The customer whose domain this address is of, the nearest domain first. A hint, never a proof of anything."""
    names = suffixes(address)
    if not names:
        return None
    nearest = Case(*(When(domain=name, then=Value(place)) for place, name in enumerate(names)))
    rows = OrganizationDomain.objects.filter(domain__in=names).select_related("organization")
    found = rows.annotate(place=nearest).order_by("place").first()
    return found.organization if found else None


def domains_of(organization: Organization) -> QuerySet[OrganizationDomain]:
    return OrganizationDomain.objects.filter(organization=organization).order_by("domain")


def person_by_address(address: str) -> User | None:
    """The active person of an address; of an entry that was merged, the person it was merged into."""
    people = User.objects.select_related("organization")
    # One address, one entry; hardly any was merged, so that its successor is asked for apart.
    found: User | None = people.filter(email=canonical_email(address)).first()
    if found and found.merged_into_id:
        found = people.filter(pk=found.merged_into_id).first()
    return found if found and found.is_active else None


def listed(people: Iterable[User]) -> list[Listed]:
    """People with their open invitations, in one statement."""
    rows = list(people)
    waiting = {one.person_id: one for one in Invitation.objects.open().filter(person__in=[row.pk for row in rows])}
    return [Listed(row, waiting.get(row.pk)) for row in rows]


def open_invitation(person: User) -> Invitation | None:
    return Invitation.objects.open().filter(person=person).first()


def stands_for(pk: int) -> int | None:
    """The customer that an old number leads to since it was merged."""
    rows = Merge.objects.filter(thing=Merge.Thing.ORGANIZATION, state=Merge.State.DONE)
    into = rows.filter(old_id=pk).values_list("new_id", flat=True).first()
    while into is not None and (further := rows.filter(old_id=into).values_list("new_id", flat=True).first()):
        into = further
    return into


def former(organizations: Iterable[int]) -> dict[int, list[int]]:
    """The numbers these customers had before they were merged, each with all that ever led to it."""
    found: dict[int, list[int]] = {pk: [] for pk in organizations}
    merged = Merge.objects.filter(thing=Merge.Thing.ORGANIZATION, state=Merge.State.DONE)
    into = {pk: pk for pk in found}
    here = list(found)
    while here:
        pairs = list(merged.filter(new_id__in=here).values_list("old_id", "new_id"))
        here = []
        for old, new in pairs:
            into[old] = into[new]
            found[into[new]].append(old)
            here.append(old)
    return found


def merge_of(thing: Organization | User) -> Merge | None:
    """The latest merge of this entry that waits for the worker or was not done."""
    kind = Merge.Thing.ORGANIZATION if isinstance(thing, Organization) else Merge.Thing.PERSON
    found = Merge.objects.filter(Q(old_id=thing.pk) | Q(new_id=thing.pk), thing=kind).order_by("-id").first()
    return None if found is None or found.state == Merge.State.DONE else found


def history_of(thing: Organization | User) -> list[Event]:
    """What happened to an entry and to those that were merged into it, the latest first."""
    kind = thing.journal_name
    name = Merge.Thing.ORGANIZATION if kind == "organization" else Merge.Thing.PERSON
    keys = [thing.pk, *Merge.objects.filter(thing=name, state="done", new_id=thing.pk).values_list("old_id", flat=True)]
    rows = Event.objects.filter(thing=kind, thing_id__in=keys).select_related("by")
    return list(rows.order_by("-id")[:HISTORY])
