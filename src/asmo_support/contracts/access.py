"""Who looks after contracts, and who may read what of them."""

from django.utils.translation import gettext as _

from asmo_support.contracts.models import Contract
from asmo_support.lib.verdict import YES, Verdict, no
from asmo_support.people.access import may_keep_customers
from asmo_support.people.models import User


def may_read_contract(user: User, contract: Contract) -> Verdict:
    """Whoever holds a contract got it through `visible_to`."""
    return YES


def may_keep_contract(user: User, contract: Contract) -> Verdict:
    return may_keep_customers(user)


def may_read_papers(user: User, contract: Contract) -> Verdict:
    """Sums and documents are for the desk and for the coordinator of whose contract it is."""
    if user.is_staff or (user.is_coordinator and contract.organization_id in user.organization_ids):
        return YES
    return no(_("Cost and documents are shown to the coordinator of the organization."))
