"""Who looks after contracts."""

from asmo_support.contracts.models import Contract
from asmo_support.lib.verdict import Verdict
from asmo_support.people.access import may_keep_customers
from asmo_support.people.models import User


def may_keep_contract(user: User, contract: Contract) -> Verdict:
    return may_keep_customers(user)
