"""Who may look after customers and colleagues, and why not."""

from django.utils.translation import gettext as _

from asmo_support.lib.verdict import YES, Verdict, no
from asmo_support.people.models import Invitation, Organization, OrganizationDomain, User
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


def may_manage_people(user: User, person: User | None = None) -> Verdict:
    """A coordinator keeps the people of the own organization and its branches, found through `visible_to`."""
    return YES if user.is_coordinator else no(_("The coordinator of your organization keeps its people."))


def may_change_address(user: User, person: User) -> Verdict:
    """Letters from an address act as its person: once that person has come in, the desk alone changes it (AU-08)."""
    if user.is_staff or not person.has_joined:
        return YES
    return no(_("The address of somebody who has signed in is changed by the support desk."))


def may_keep_domain(user: User, row: OrganizationDomain) -> Verdict:
    return may_keep_customers(user)


def may_withdraw(user: User, invitation: Invitation) -> Verdict:
    """Whoever may invite the person may take the invitation back."""
    return may_change_person(user, invitation.person) if user.is_staff else may_manage_people(user)


def may_manage_staff(user: User) -> Verdict:
    return YES if user.role == Role.ADMIN else no(_("People of the desk are kept by the administrator."))
