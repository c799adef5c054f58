"""Whose thing it is, and who can see it: the oracle of the matrix, written down without asking the code."""

from tests.matrix.people import (
    ABROAD,
    ADMIN,
    CONTACT,
    COORDINATOR,
    ENGINEER,
    HOME,
    NOBODY,
    STAFF,
    STRANGE_COORDINATOR,
    STRANGER,
    Person,
)

OWN = "own"
COLLEAGUES = "colleague's"
SAME_DEPARTMENT = "colleague's, department sees"
OTHER_DEPARTMENT = "colleague's, other department"
OPEN_HOUSE = "colleague's, all see"
FOREIGN = "foreign"
INTERNAL = "internal"
DESKS = "the desk's"
SECRET = "secret"
WRONG_PARENT = "wrong parent"
MISSING = "missing"
NONE = ""

# How the organization of the house is set, and where the colleague works, while a cell is tried.
HOUSE_RULES = {
    SAME_DEPARTMENT: ("department", "Бухгалтерия"),
    OTHER_DEPARTMENT: ("department", "Цех № 2"),
    OPEN_HOUSE: ("all", "Цех № 2"),
}
COLLEAGUE_KINDS = (COLLEAGUES, *HOUSE_RULES)

_SEEN: dict[str, set[Person]] = {
    OWN: {CONTACT, COORDINATOR, *STAFF},
    COLLEAGUES: {COORDINATOR, *STAFF},
    SAME_DEPARTMENT: {CONTACT, COORDINATOR, *STAFF},
    OTHER_DEPARTMENT: {COORDINATOR, *STAFF},
    OPEN_HOUSE: {CONTACT, COORDINATOR, *STAFF},
    FOREIGN: {STRANGER, STRANGE_COORDINATOR, *STAFF},
    INTERNAL: set(STAFF),
    DESKS: set(STAFF),
    SECRET: {ADMIN},
    WRONG_PARENT: set(),
    MISSING: set(),
}


def sees(person: Person, ownership: str) -> bool:
    return ownership == NONE or person in _SEEN[ownership]


def concerns(person: Person, ownership: str) -> bool:
    """Where an owner can make a difference for this person; the other cells would say the same again.

    The rules of a house concern its contacts. One of the desk tries a colleague's things for all of them. Who is not
    signed in is shown the door whatever the number.
    """
    if person in NOBODY:
        return ownership in {NONE, OWN, MISSING}
    if ownership == COLLEAGUES:
        return person not in STAFF or person == ENGINEER
    return person == CONTACT or ownership not in HOUSE_RULES


# Words that stand only in texts of one side. Who may not read the side must never meet its word.
CANARIES = {
    OWN: "zx-heron-4471",
    COLLEAGUES: "zx-plover-9236",
    FOREIGN: "zx-curlew-5508",
    INTERNAL: "zx-nightjar-3317",
}


def forbidden(person: Person, ownership: str) -> set[str]:
    """The words that must not be in any answer to this person."""
    if person in STAFF:
        return set()
    if person.side == ABROAD:
        return {CANARIES[OWN], CANARIES[COLLEAGUES], CANARIES[INTERNAL]}
    if person.side != HOME:
        return set(CANARIES.values())
    hidden = {CANARIES[FOREIGN], CANARIES[INTERNAL]}
    if person == CONTACT and ownership not in {SAME_DEPARTMENT, OPEN_HOUSE}:
        hidden.add(CANARIES[COLLEAGUES])
    return hidden
