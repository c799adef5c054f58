"""People and clocks to be drawn."""

from asmo_support.people.models import User
from asmo_support.people.roles import Role
from asmo_support.tickets.readings import Reading


def person(name: str, *, staff: bool = False, pk: int = 1) -> User:
    role = Role.ENGINEER if staff else Role.CONTACT
    return User(pk=pk, name=name, email=f"p{pk}@demo.example", role=role)


def reading(left: float | None, target: str = "resolution", state: str = "running", *, late: bool = False) -> Reading:
    norm = 120 if target == "reaction" else 480
    return Reading(
        target=target,
        state=state,
        norm_minutes=norm,
        spent_minutes=norm - (left or 0),
        remaining_minutes=left,
        due_at=None,
        met_at=None,
        breached_at=object() if late else None,
    )
