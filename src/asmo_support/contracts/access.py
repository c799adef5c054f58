"""Who looks after contracts, and who may read what of them."""

from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract, Installation
from asmo_support.lib.verdict import YES, Verdict, no
from asmo_support.people.access import may_keep_customers
from asmo_support.people.models import Organization, User
from asmo_support.people.roles import Role


def may_read_contract(user: User, contract: Contract) -> Verdict:
    """Whoever holds a contract got it through `visible_to`."""
    return YES


def may_keep_contract(user: User, contract: Contract) -> Verdict:
    return may_keep_customers(user)


def may_keep_installations(user: User, thing: Organization | Installation | None = None) -> Verdict:
    """Whoever keeps customers, and the release manager, who brings new versions there."""
    return YES if user.role == Role.RELEASE else may_keep_customers(user)


def may_see_installations(user: User) -> Verdict:
    """The desk, and of a customer the coordinator."""
    if user.is_staff or user.is_coordinator:
        return YES
    return no(_("What is installed is shown to the coordinator of your organization."))


def may_read_papers(user: User, contract: Contract) -> Verdict:
    """Sums and documents are for the desk and for the coordinator of whose contract it is."""
    if user.is_staff or (user.is_coordinator and contract.organization_id in user.organization_ids):
        return YES
    return no(_("Cost and documents are shown to the coordinator of the organization."))
