"""Who it is: a customer by number, one of ours by name, inner number or address."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from asmo_support.contracts.models import Installation
from asmo_support.lib.phones import bare, number
from asmo_support.lib.text import sort_key
from asmo_support.people.models import Organization, User, canonical_email

FEW = 12


@dataclass(frozen=True, slots=True)
class Callers:
    """Everybody a number may belong to. One person is certain; of several one is chosen by whoever talks."""

    people: list[User] = field(default_factory=list)
    organizations: list[Organization] = field(default_factory=list)
    installations: list[Installation] = field(default_factory=list)

    @property
    def person(self) -> User | None:
        return self.people[0] if len(self.people) == 1 else None

    @property
    def organization(self) -> Organization | None:
        """The one customer all of them are of."""
        holders: list[User | Installation] = [*self.people, *self.installations]
        homes = [one.organization for one in holders] + self.organizations
        found = {one.pk: one for one in homes if one}
        return next(iter(found.values())) if len(found) == 1 else None

    def __bool__(self) -> bool:
        return bool(self.people or self.organizations or self.installations)


def callers(typed: str) -> Callers:
    """Whom a number belongs to, in any writing: people who are there, customers, places of installations."""
    asked = number(typed)
    if asked is None:
        return Callers()
    people = _people(asked.keys[-1]) or _people(asked.e164)
    organizations = Organization.objects.filter(numbers__contains=[asked.e164]).order_by("sort_name", "id")
    places = Installation.objects.standing().filter(numbers__contains=[asked.e164]).order_by("id")
    return Callers(people, list(organizations[:FEW]), list(places.select_related("organization")[:FEW]))


def colleagues(said: Iterable[str]) -> list[User]:
    """People of the desk by what an exchange calls them: inner number, address, own phone, name."""
    words = {word for one in said if one for word in (one, bare(one))}
    if not words:
        return []
    phones = [found.e164 for one in words if (found := number(one))]
    wanted = (
        Q(extension__in=words) | Q(email__in={canonical_email(one) for one in words})
        | Q(sort_name__in={sort_key(one) for one in words}) | Q(numbers__overlap=phones)
    )  # fmt: skip
    return list(User.objects.working().filter(wanted).order_by("id")[:FEW])


def is_inner(said: str) -> bool:
    """Whether this is the inner number of a colleague: talks among ourselves are nobody's business."""
    return bool(said) and User.objects.staff().filter(extension__in={said, bare(said)}, is_active=True).exists()


def _people(key: str) -> list[User]:
    rows = User.objects.filter(organization__isnull=False, is_active=True, numbers__contains=[key])
    return list(rows.select_related("organization").order_by("sort_name", "id")[:FEW])
