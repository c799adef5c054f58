"""What addresses name: for each thing of the policy, the arguments that lead to one's own, another's, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from asmo_support.tickets.states import State
from tests.matrix.ownership import COLLEAGUE_KINDS, COLLEAGUES, FOREIGN, INTERNAL, MISSING, OWN, WRONG_PARENT
from tests.matrix.world import World

NOWHERE = 999_999_999
Arguments = dict[str, object]


@dataclass(frozen=True, slots=True)
class Thing:
    """`find(world, owner, state)` gives the arguments of the address."""

    arguments: tuple[str, ...]
    owners: tuple[str, ...]
    find: Callable[[World, str, State], Arguments]


def _owner(owner: str) -> str:
    return COLLEAGUES if owner in COLLEAGUE_KINDS else owner


def _ticket(world: World, owner: str, state: State) -> Arguments:
    if owner == MISSING:
        return {"number": NOWHERE}
    return {"number": world.ticket(_owner(owner), state).number}


TICKET_OWNERS = (OWN, *COLLEAGUE_KINDS, FOREIGN, MISSING)
THINGS: dict[str, Thing] = {
    "ticket": Thing(("number",), TICKET_OWNERS, _ticket),
}

# Arguments of allauth's routes, which load nothing of ours: a link nobody was sent, a key nobody has.
LIBRARY: dict[str, Arguments] = {
    "account_confirm_email": {"key": "never-sent"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "never-sent"},
    "mfa_remove_webauthn": {"pk": NOWHERE},
    "mfa_edit_webauthn": {"pk": NOWHERE},
}
