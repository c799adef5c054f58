"""What addresses name: for each thing of the policy, the arguments that lead to one's own, another's, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from asmo_support.tickets.states import State
from asmo_support.ui.policy import Rule
from tests.matrix.ownership import (
    COLLEAGUE_KINDS,
    COLLEAGUES,
    DESKS,
    FOREIGN,
    INTERNAL,
    MISSING,
    OWN,
    SECRET,
    WRONG_PARENT,
)
from tests.matrix.people import PENDING, Person
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
    if owner in {INTERNAL, WRONG_PARENT}:
        return OWN
    return COLLEAGUES if owner in COLLEAGUE_KINDS else owner


def _ticket(world: World, owner: str, state: State) -> Arguments:
    number = NOWHERE if owner == MISSING else world.ticket(_owner(owner), state).number
    return {"number": number, "n": 1, "target": "resolution"}


def _attachment(world: World, owner: str, state: State) -> Arguments:
    if owner == MISSING:
        return {"number": world.ticket(OWN, state).number} | dict.fromkeys(FILE, NOWHERE)
    here = world.ticket(_owner(owner), state)
    there = world.ticket(OWN, State.REGISTERED) if owner == WRONG_PARENT else here
    return {"number": here.number} | dict.fromkeys(FILE, there.note_file if owner == INTERNAL else there.file)


def _said(world: World, owner: str, state: State) -> Arguments:
    if owner == MISSING:
        return {"number": world.ticket(OWN, state).number, "said": NOWHERE}
    here = world.ticket(_owner(owner), state)
    there = world.ticket(OWN, State.REGISTERED) if owner == WRONG_PARENT else here
    return {"number": here.number, "said": there.note if owner == INTERNAL else there.said}


def _resolution(world: World, owner: str, state: State) -> Arguments:
    """Each ticket has its round 1; round 2 of one's own ticket was never proposed."""
    return _ticket(world, owner, state) | {"n": 2 if owner == WRONG_PARENT else 1}


def _offer(world: World, owner: str, state: State) -> Arguments:
    """In work each ticket has an agreed date 1 and an offer 2 of the desk; a ninth was never made."""
    return _ticket(world, owner, state) | dict.fromkeys(("n", "offer"), 9 if owner == WRONG_PARENT else 2)


def _organization(world: World, owner: str, state: State) -> Arguments:
    return {"pk": {OWN: world.home.pk, FOREIGN: world.abroad.pk}.get(owner, NOWHERE)}


def _contract(world: World, owner: str, state: State) -> Arguments:
    return {"pk": world.contracts.get(owner, NOWHERE)}


def _paper(world: World, owner: str, state: State) -> Arguments:
    """A document lies in its own contract; in another's it is not there."""
    here = world.contracts[OWN if owner in {MISSING, WRONG_PARENT} else owner]
    return {"pk": here, "file": world.papers.get(FOREIGN if owner == WRONG_PARENT else owner, NOWHERE)}


def _work(world: World, owner: str, state: State) -> Arguments:
    """Work written down in a ticket; through another ticket it is not there."""
    if owner == MISSING:
        return {"number": world.ticket(OWN, state).number, "pk": NOWHERE}
    here = world.ticket(_owner(owner), state)
    there = world.ticket(OWN, State.REGISTERED) if owner == WRONG_PARENT else here
    return {"number": here.number, "pk": there.work}


def _person(world: World, owner: str, state: State) -> Arguments:
    name = {OWN: "contact", FOREIGN: "stranger", DESKS: "engineer"}.get(owner)
    return {"pk": world.users[name].pk if name else NOWHERE}


def _named(kind: str) -> Callable[[World, str, State], Arguments]:
    """A thing of which the world keeps one for each owner."""
    return lambda world, owner, _state: {"pk": getattr(world, kind).get(owner, NOWHERE)}


def _letter(world: World, owner: str, state: State) -> Arguments:
    return {"pk": world.letters.get(owner, NOWHERE)}


def _told(world: World, owner: str, state: State) -> Arguments:
    """A letter about a ticket: the internal one stands in one's own, the wrong parent is another of one's own."""
    here = world.ticket(OWN if owner == MISSING else _owner(owner), _FIRST if owner == WRONG_PARENT else State.IN_WORK)
    letter = world.letters.get(owner if owner in {INTERNAL, MISSING} else _owner(owner), NOWHERE)
    return {"number": here.number, "letter": letter}


def _one(name: str) -> Thing:
    """A thing of the desk's own, which belongs to no customer."""
    return Thing(("pk",), (OWN, MISSING), lambda world, owner, _state: {"pk": _number(world, name, owner)})


def _number(world: World, name: str, owner: str) -> int:
    return int(getattr(world, name)) if owner == OWN else NOWHERE


def _entry(kind: str) -> Thing:
    """A line of the catalogue, which belongs to nobody."""
    return Thing(
        ("pk",), (OWN, MISSING), lambda world, owner, _state: {"pk": _line(world, kind) if owner == OWN else NOWHERE}
    )


def _line(world: World, kind: str) -> int:
    return int(getattr(world, kind).pk)


def _version(world: World, owner: str, state: State) -> Arguments:
    """Version 2 is in force; version 9 of one's own calendar was never published."""
    return (
        {"pk": _number(world, "calendar", owner), "n": 1} if owner != WRONG_PARENT else {"pk": world.calendar, "n": 9}
    )


def _wording(world: World, owner: str, state: State) -> Arguments:
    """Letters are a table of ours; one of them does not exist."""
    return {"form": "customer-ticket.taken" if owner == OWN else "customer-nothing", "language": "ru"}


def _coming(world: World, owner: str, state: State) -> Arguments:
    """A version that is published and has not begun."""
    pk, n = world.coming
    return {"pk": pk, "n": n if owner == OWN else NOWHERE}


_FIRST = State.REGISTERED
FILE = ("pk", "attachment", "file")
TICKET_OWNERS = (OWN, *COLLEAGUE_KINDS, FOREIGN, MISSING)
THINGS: dict[str, Thing] = {
    "ticket": Thing(("number", "n", "target"), TICKET_OWNERS, _ticket),
    "attachment": Thing(("number", *FILE), (*TICKET_OWNERS, INTERNAL, WRONG_PARENT), _attachment),
    "message": Thing(("number", "said"), (*TICKET_OWNERS, INTERNAL, WRONG_PARENT), _said),
    "resolution": Thing(("number", "n"), (*TICKET_OWNERS, WRONG_PARENT), _resolution),
    "letter": Thing(("number", "letter"), (*TICKET_OWNERS, INTERNAL, WRONG_PARENT), _told),
    "offer": Thing(("number", "n", "offer"), (*TICKET_OWNERS, WRONG_PARENT), _offer),
    "organization": Thing(("pk",), (OWN, FOREIGN, MISSING), _organization),
    "contract": Thing(("pk",), (OWN, FOREIGN, MISSING), _contract),
    "paper": Thing(("pk", "file"), (OWN, FOREIGN, MISSING, WRONG_PARENT), _paper),
    "work": Thing(("number", "pk"), (OWN, COLLEAGUES, FOREIGN, MISSING, WRONG_PARENT), _work),
    "person": Thing(("pk",), (OWN, FOREIGN, DESKS, MISSING), _person),
    # A customer's person alone: colleagues have no tickets to hand over and are never merged.
    "contact": Thing(("pk",), (OWN, FOREIGN, MISSING), _person),
    "invitation": Thing(("pk",), (OWN, FOREIGN, MISSING), _named("invitations")),
    "installation": Thing(("pk",), (OWN, FOREIGN, MISSING), _named("installations")),
    "domain": Thing(("pk",), (OWN, FOREIGN, MISSING), _named("domains")),
    "delivery": Thing(("pk",), (OWN, FOREIGN, SECRET, MISSING), _letter),
    "call": Thing(("pk",), (OWN, FOREIGN, MISSING), _named("calls")),
    "callback": Thing(("pk",), (OWN, FOREIGN, MISSING), _named("callbacks")),
    "exchange": _one("exchange"),
    "arrival": _one("arrival"),
    "blocked": _one("blocked"),
    "bad-address": _one("bad"),
    "mailbox": _one("mailbox"),
    "calendar": _one("calendar"),
    "calendar-version": Thing(("pk", "n"), (OWN, MISSING, WRONG_PARENT), _version),
    **{kind: _entry(kind) for kind in ("service", "product", "module", "version", "type")},
    "wording": Thing(("form", "language"), (OWN, MISSING), _wording),
    "regulation": _one("regulation"),
    "regulation-draft": _one("draft"),
    "regulation-version": Thing(("pk", "n"), (OWN, MISSING), _coming),
}

# Arguments of routes that no ownership decides about: a link nobody was sent, somebody's passkey.
LIBRARY: dict[str, Callable[[World], Arguments]] = {
    "account_confirm_email": lambda _world: {"key": "never-sent"},
    "account_reset_password_from_key": lambda _world: {"uidb36": "1", "key": "never-sent"},
    **dict.fromkeys(("portal:link-acceptance", "portal:link-return"), lambda _world: {"key": f"1-{'a' * 26}"}),
    "api:cti": lambda _world: {"token": "never-made"},
    "signin:invitation": lambda _world: {"token": "never-sent"},
    "signin:unsubscribe": lambda _world: {"key": f"1.all.{'a' * 26}"},
    "mfa_remove_webauthn": lambda world: {"pk": world.passkey},
    "mfa_edit_webauthn": lambda world: {"pk": world.passkey},
}


def _never(rule: Rule, person: Person, owner: str) -> str:
    return "missing" if rule.public or person.role else "login"


def _second_step(rule: Rule, person: Person, owner: str) -> str:
    return "allow" if person.role or person == PENDING else "login"


def _signed_in(rule: Rule, person: Person, owner: str) -> str:
    return "allow" if person.role else "login"


def _never_somebodys(rule: Rule, person: Person, owner: str) -> str:
    return "missing" if person.role else "login"


# Where a public page of a library answers otherwise than "come in", and why.
EXCEPTIONS: dict[tuple[str, str], Callable[[Rule, Person, str], str]] = {
    # A link that was never sent confirms nothing.
    ("account_confirm_email", "POST"): _never,
    # Whoever holds a key of ours may use it, and nobody else (tests/portal/test_links.py); this one was never sent.
    **{(f"portal:link-{deed}", method): _never for deed in ("acceptance", "return") for method in ("GET", "POST")},
    # The same with the link under a letter (tests/notifications/test_leaving.py).
    **{("signin:unsubscribe", method): _never for method in ("GET", "POST")},
    # An exchange is known by the secret of its address, whoever else is signed in; this one was never made.
    ("api:cti", "POST"): _never,
    # The second step exists for who has done the first one.
    ("mfa_authenticate", "GET"): _second_step,
    ("mfa_authenticate", "POST"): _second_step,
    # Codes by letter are switched off: without a sign-in that waits for one the page only leads back.
    ("account_confirm_login_code", "GET"): _signed_in,
    ("account_confirm_login_code", "POST"): _signed_in,
    # A passkey without its signature leads back to the sign-in page.
    ("mfa_login_webauthn", "GET"): _second_step,
    ("mfa_login_webauthn", "POST"): _second_step,
    # The passkey of another person is not there.
    **{(f"mfa_{deed}_webauthn", method): _never_somebodys for deed in ("edit", "remove") for method in ("GET", "POST")},
    # The last route of the API says 404 for every address that is not served.
    **{("api:unknown", method): _never for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")},
}

# What a library changes by a GET, and why that is no deed.
MAY_CHANGE: dict[str, set[str]] = {
    # Codes that were shown are marked as shown.
    "mfa_view_recovery_codes": {"mfa_authenticator"},
    "mfa_download_recovery_codes": {"mfa_authenticator"},
}
