"""Reads of people and organizations that doors need."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.db.models import Count, F, Func, Q, QuerySet, Value

from asmo_support.lib.phones import keys
from asmo_support.lib.text import sort_key
from asmo_support.people.models import Organization, User

PAGE = 50
FOUND = 20


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    rows: Sequence[Organization]
    next: str


def assignable() -> QuerySet[User]:
    """Who can be given a ticket, in alphabetical order."""
    return User.objects.working().order_by("sort_name", "id")  # type: ignore[no-any-return]


def staff(user: User) -> QuerySet[User]:
    """People of the desk, those who still work first."""
    return User.objects.visible_to(user).staff().order_by("-is_active", "sort_name", "id")  # type: ignore[no-any-return]


def organizations(user: User) -> QuerySet[Organization]:
    """Every customer this person may see, in alphabetical order."""
    return Organization.objects.visible_to(user).order_by("sort_name", "id")


def organization_page(user: User, words: str = "", after: str = "", size: int = PAGE) -> OrganizationPage:
    """One page of customers with the number of their people; `words` are looked for in both names."""
    rows = organizations(user).select_related("parent").annotate(heads=Count("people", Q(people__is_active=True)))
    if words:
        named = Q(sort_name__contains=sort_key(words)) | Q(name__icontains=words.strip())
        rows = rows.filter(named | Q(numbers__overlap=keys(words)))
    key = _read(after)
    if key:
        rows = rows.filter(Q(sort_name__gt=key[0]) | Q(sort_name=key[0], pk__gt=key[1]))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return OrganizationPage(found[:size], signing.dumps([last.sort_name, last.pk], salt="people") if last else "")


def reader(pk: int) -> User | None:
    """The person a letter was written to, while that person has access."""
    found: User | None = User.objects.filter(pk=pk, is_active=True).select_related("organization").first()
    return found


def branches_of(organization: Organization) -> QuerySet[Organization]:
    return Organization.objects.filter(parent=organization).order_by("sort_name", "id")


def people_of(organization: Organization, *, active: bool = False) -> QuerySet[User]:
    """People of a customer, those who are still there first."""
    rows = User.objects.filter(organization=organization, merged_into=None)
    return (rows.filter(is_active=True) if active else rows).order_by("-is_active", "sort_name", "id")  # type: ignore[no-any-return]


def colleagues(person: User, user: User) -> QuerySet[User]:
    """Active people of the same customer, without this one."""
    rows = User.objects.visible_to(user).filter(organization=person.organization_id, is_active=True)
    return rows.exclude(pk=person.pk).exclude(organization=None).order_by("sort_name", "id")  # type: ignore[no-any-return]


def find_requesters(user: User, words: str) -> list[User]:
    """Active people of customers by name, organization, address or phone, a handful."""
    rows = User.objects.visible_to(user).filter(organization__isnull=False, is_active=True)
    wanted = Q()
    for word in words.split()[:6]:
        wanted &= Q(sort_name__contains=sort_key(word)) | Q(organization__sort_name__contains=sort_key(word)) | Q(
            organization__name__icontains=word) | Q(email__icontains=word)  # fmt: skip
    digits = "".join(sign for sign in words if sign.isdigit())
    if len(digits) >= 3:
        rows = rows.annotate(digits=Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace"))
        # The eight or +7 before a Russian number says nothing.
        wanted |= Q(digits__contains=digits[-10:]) | Q(numbers__overlap=keys(words))
    rows = rows.filter(wanted).select_related("organization")
    return list(rows.order_by("sort_name", "id")[:FOUND])


def find_organizations(user: User, words: str, *, besides: int) -> list[Organization]:
    """Customers by a part of a name, a handful; all of the first ones without words."""
    rows = organizations(user).exclude(pk=besides)
    for word in words.split()[:6]:
        rows = rows.filter(Q(sort_name__contains=sort_key(word)) | Q(name__icontains=word))
    return list(rows[:FOUND])


def organization_of(user: User, pk: int) -> Organization | None:
    return Organization.objects.visible_to(user).filter(pk=pk).first()


def person_of(user: User, pk: int) -> User | None:
    """One person of a customer, shut out or not."""
    rows = User.objects.visible_to(user).filter(organization__isnull=False)
    return rows.select_related("organization").filter(pk=pk).first()  # type: ignore[no-any-return]


def requester(user: User, pk: int) -> User | None:
    """One active person of a customer."""
    rows = User.objects.visible_to(user).filter(organization__isnull=False, is_active=True)
    return rows.select_related("organization__parent").filter(pk=pk).first()  # type: ignore[no-any-return]


def names(user: User, *, person: int | None, organization: int | None) -> tuple[str, str]:
    """The names of a person and of a customer in one statement; empty when there is none."""
    people = User.objects.visible_to(user).filter(pk=person or 0).annotate(of=Value("person"))
    customers = Organization.objects.visible_to(user).filter(pk=organization or 0).annotate(of=Value("customer"))
    found = dict(people.values_list("of", "name").union(customers.values_list("of", "short_name"), all=True))
    return found.get("person", ""), found.get("customer", "")


def _read(after: str) -> list[str | int]:
    try:
        return list(signing.loads(after, salt="people")) if after else []
    except signing.BadSignature:
        return []
