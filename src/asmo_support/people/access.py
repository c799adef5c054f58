"""Who may look after customers and colleagues, and why not."""

from django.utils.translation import gettext as _

from asmo_support.lib.verdict import YES, Verdict, no
from asmo_support.people.models import Organization, User
from asmo_support.people.roles import Role

KEEPERS = frozenset({Role.OPERATOR, Role.LEAD, Role.ADMIN})


def may_keep_customers(user: User, thing: Organization | User | None = None) -> Verdict:
    """Add and change customers, their people and contracts."""
    if user.role in KEEPERS:
        return YES
    return no(_("Customers are kept by operators, leads and administrators."))


def may_change_person(user: User, person: User) -> Verdict:
    """A colleague is the administrator's to change, a customer's person is for whoever keeps customers."""
    return may_manage_staff(user) if person.is_staff else may_keep_customers(user)


def may_choose_visibility(user: User) -> Verdict:
    """Whose tickets the people of a customer see is the customer's own choice."""
    return YES if user.is_coordinator else no(_("The coordinator of your organization chooses this."))


def may_manage_staff(user: User) -> Verdict:
    return YES if user.role == Role.ADMIN else no(_("People of the desk are kept by the administrator."))
