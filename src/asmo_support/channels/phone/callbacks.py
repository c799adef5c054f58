"""Promises to call: planned, done, cancelled."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels.models import Call, Callback
from asmo_support.channels.phone.finding import callers
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.phones import number
from asmo_support.lib.text import clean
from asmo_support.people.models import Organization, User
from asmo_support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Whom to call, when, who of us, and about what."""

    due_at: datetime
    typed: str
    about: str
    agent: User | None = None
    call: Call | None = None
    ticket: Ticket | None = None
    person: User | None = None
    organization: Organization | None = None


@transaction.atomic
def plan(said: Plan, *, by: User) -> Callback:
    """Promise a call. It stands in the list until somebody has made it."""
    about, typed = clean(said.about), clean(said.typed)
    if not typed:
        raise Refused(_("Say which number to call."), field="typed")
    if not about:
        raise Refused(_("Say in a few words what about."), field="about")
    found, (person, organization) = number(typed), _whom(said)
    callback = Callback(
        due_at=said.due_at, agent=said.agent, number=found.e164 if found else "", typed=typed, about=about,
        person=person, organization=organization, ticket=said.ticket, call=said.call, by=by,
    )  # fmt: skip
    callback.save(force_insert=True)
    record(callback, "callback.planned", by=by, internal=True)
    return callback


def _whom(said: Plan) -> tuple[User | None, Organization | None]:
    """Whose the number is, when nobody has said it."""
    if said.ticket:
        return said.person, said.ticket.organization
    if said.person or said.organization:
        return said.person, said.person.organization if said.person else said.organization
    known = callers(said.typed)
    return known.person, known.organization


@transaction.atomic
def close(callback: Callback, *, done: bool, by: User) -> None:
    """Somebody has called, or nobody has to."""
    callback.refresh_from_db(from_queryset=Callback.objects.select_for_update())
    if callback.state != Callback.State.PLANNED:
        raise Conflict(_("This callback is off the list already."))
    callback.state = Callback.State.DONE if done else Callback.State.CANCELLED
    callback.closed_at, callback.closed_by = timezone.now(), by
    callback.save(update_fields=["state", "closed_at", "closed_by"])
    record(callback, f"callback.{callback.state}", by=by, internal=True)
