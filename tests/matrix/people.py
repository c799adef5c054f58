"""The people of the matrix: eight roles, and everybody who comes with a key that should open nothing."""

from dataclasses import dataclass

HOME, ABROAD, DESK, NOWHERE = "home", "abroad", "desk", "nowhere"


@dataclass(frozen=True, slots=True)
class Person:
    """`role` is empty for who is not signed in, whatever he holds: an old session, half a sign-in, a dead token."""

    name: str
    role: str = ""
    side: str = NOWHERE

    def __str__(self) -> str:
        return self.name


CONTACT = Person("contact", "contact", HOME)
COORDINATOR = Person("coordinator", "coordinator", HOME)
STRANGER = Person("stranger", "contact", ABROAD)
STRANGE_COORDINATOR = Person("strange coordinator", "coordinator", ABROAD)
OPERATOR, ENGINEER, LEAD, RELEASE, SECURITY, ADMIN = (
    Person(role, role, DESK) for role in ("operator", "engineer", "lead", "release", "security", "admin")
)
ANONYMOUS = Person("anonymous")
# The key was good once: the session or token ran out, or it was ended by hand.
EXPIRED = Person("expired")
REVOKED = Person("revoked")
# The password was right, the second factor is still asked for.
PENDING = Person("second factor pending")
# Deactivated while the session and the token were alive.
DEAD_CONTACT = Person("deactivated contact")
DEAD_LEAD = Person("deactivated lead")
# A lead's token shown to a page, a lead's session shown to the API: each door takes its own key only.
WRONG_KEY = Person("other door's key")

CUSTOMERS = (CONTACT, COORDINATOR, STRANGER, STRANGE_COORDINATOR)
STAFF = (OPERATOR, ENGINEER, LEAD, RELEASE, SECURITY, ADMIN)
NOBODY = (ANONYMOUS, EXPIRED, REVOKED, PENDING, DEAD_CONTACT, DEAD_LEAD, WRONG_KEY)
PEOPLE = CUSTOMERS + STAFF + NOBODY
