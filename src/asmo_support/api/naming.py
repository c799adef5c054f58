"""Words of a request that name people and lines of the catalogue. What may not be seen is not found (AP-02)."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from asmo_support.catalog.models import Module, Product, Service
from asmo_support.catalog.queries import modules, products, services
from asmo_support.lib.errors import Refused
from asmo_support.people.models import User, canonical_email
from asmo_support.people.roles import CUSTOMER_ROLES
from asmo_support.tickets.models import Ticket

Entry = TypeVar("Entry", Service, Product)


def requester(user: User, address: str | None) -> User:
    """For whom a ticket is registered."""
    if address is None:
        if user.is_staff:
            raise Refused(_("Name the requester: the e-mail address of the customer’s person."), field="requester")
        return user
    if user.is_staff or user.is_coordinator:
        found = _customer(user, address)
    else:
        found = user if canonical_email(address) == user.email else None
    if found is None:
        raise Refused(_("You cannot register a ticket for this person."), field="requester")
    return found


def speaker(user: User, ticket: Ticket, address: str | None) -> User | None:
    """Who accepted by phone: an agent names a person of the ticket's customer, the customer speaks for itself."""
    if not user.is_staff:
        if address is not None:
            raise Refused(_("Only the support desk records what was said by phone."), field="spoken_by")
        return None
    found = _customer(user, address) if address else None
    if found is None or found.organization_id != ticket.organization_id:
        raise Refused(_("Name the person of the customer who accepted."), field="spoken_by")
    return found


def agents(addresses: Sequence[str]) -> list[User]:
    """People of the desk in the order named."""
    wanted = [canonical_email(address) for address in addresses]
    known = {person.email: person for person in User.objects.staff().filter(email__in=wanted)}
    for address in wanted:
        if address not in known:
            raise Refused(_("Nobody at the support desk has the address %(address)s.") % {"address": address},
                          field="assignees")  # fmt: skip
    return [known[address] for address in wanted]


def service(word: str | None) -> Service | None:
    return _entry(services(), word, "service")


def product(word: str | None) -> Product | None:
    return _entry(products(), word, "product")


def module(word: str | None, of: Product | None) -> Module | None:
    """A module of the product; without a product the only one of that code."""
    if word is None:
        return None
    rows = modules().filter(Q(code=word) | Q(name=word))
    found = list(rows.filter(product=of) if of else rows)
    if not found:
        raise Refused(_("There is no such module."), field="module")
    if len(found) > 1:
        raise Refused(_("Several products have this module: name the product."), field="product")
    return found[0]


def _entry(offered: QuerySet[Entry], word: str | None, field: str) -> Entry | None:
    if word is None:
        return None
    found = sorted(offered.filter(Q(code=word) | Q(name=word)), key=lambda row: row.code != word)
    if not found:
        raise Refused(_("There is no such line in the catalogue."), field=field)
    return found[0]


def _customer(user: User, address: str) -> User | None:
    people = User.objects.visible_to(user).filter(role__in=CUSTOMER_ROLES, is_active=True)
    found: User | None = people.select_related("organization").filter(email=canonical_email(address)).first()
    return found
