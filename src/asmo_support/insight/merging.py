"""What would move if two entries became one: looked at before anybody says yes."""

from dataclasses import dataclass

from django.db.models import Count, Q

from asmo_support.contracts.models import Contract
from asmo_support.people.actions.merging import obstacles_of_organizations, obstacles_of_people
from asmo_support.people.models import Organization, OrganizationDomain, User
from asmo_support.people.roles import Role
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`obstacles` are sentences; without any the merge can be asked for. `coordinators` will see both customers."""

    obstacles: list[str]
    tickets: int
    open: int
    people: int = 0
    coordinators: tuple[User, ...] = ()
    contracts: tuple[Contract, ...] = ()
    domains: int = 0
    branches: int = 0


def preview_of_organizations(old: Organization, into: Organization) -> Preview:
    """Everything of the old customer that the other one would get."""
    both = User.objects.filter(organization__in=[old.pk, into.pk], is_active=True, role=Role.COORDINATOR)
    tickets, opened = _tickets(Q(organization=old))
    return Preview(
        obstacles=obstacles_of_organizations(old, into),
        tickets=tickets,
        open=opened,
        people=User.objects.filter(organization=old).count(),
        coordinators=tuple(both.order_by("sort_name", "id")),
        contracts=tuple(Contract.objects.filter(organization=old).order_by("number")),
        domains=OrganizationDomain.objects.filter(organization=old).count(),
        branches=Organization.objects.filter(parent=old).count(),
    )


def preview_of_people(old: User, into: User) -> Preview:
    """Everything in which one entry would stand for the other."""
    tickets, opened = _tickets(Q(requester=old) | Q(author=old))
    return Preview(obstacles=obstacles_of_people(old, into), tickets=tickets, open=opened)


def _tickets(whose: Q) -> tuple[int, int]:
    """All of them, and the open ones."""
    found = Ticket.objects.filter(whose).aggregate(all=Count("id"), open=Count("id", Q(state__in=sorted(OPEN))))
    return found["all"], found["open"]
