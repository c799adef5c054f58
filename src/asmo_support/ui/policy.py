"""The words in which each door declares who may use its routes. `config.policy` collects and enforces them.

A declaration says, for a route and a method: who may come in at all (everybody else gets the 404 of a page that does
not exist, the nameless the sign-in page), and who of them may do the deed (the others get the reason, 403).
`thing` names what the address loads: the matrix of tests crosses it with own, colleague's, foreign and missing ones.
"""

from dataclasses import dataclass
from datetime import date

from asmo_support.lib.roles import ALL_ROLES

Roles = frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who comes in (`enter`), who may act (`act`), what is loaded (`thing`)."""

    enter: Roles
    act: Roles
    thing: str = ""
    public: str = ""
    review: date | None = None


Policy = dict[tuple[str, str], Rule]


def rule(enter: Roles, *, act: Roles | None = None, thing: str = "") -> Rule:
    return Rule(enter, enter if act is None else act, thing)


def public(why: str, *, review: date) -> Rule:
    """Open to the nameless; `why` says for what, `review` when somebody must look at it again."""
    return Rule(ALL_ROLES, ALL_ROLES, public=why, review=review)
