"""What the API shows: exactly these fields and no other (AP-03). People are named by their e-mail address,
lines of the catalogue by their code, a customer by its short name; times are ISO 8601 with the offset of Moscow.
"""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from django.utils.translation import gettext_noop
from pydantic import BaseModel, Field

from asmo_support.sla.explain import Phase, Share
from asmo_support.tickets.models.clock import ClockState, Target
from asmo_support.tickets.models.planned import PlannedDate
from asmo_support.tickets.models.resolution import Resolution
from asmo_support.tickets.states import Awaits, Channel, Coverage, Impact, Kind, State, Urgency

Item = TypeVar("Item")
Person = Annotated[
    str, Field(description=gettext_noop("E-mail address of a person."), examples=["engineer@demo.example"])
]


class Listed(BaseModel, Generic[Item]):
    """A page of a list. `next` is the cursor of the following page, null at the end."""

    items: list[Item]
    next: str | None


class ClockOut(BaseModel):
    target: Target
    state: ClockState
    due_at: Annotated[datetime | None, Field(description=gettext_noop("Null while the clock does not run."))]
    breached_at: Annotated[datetime | None, Field(description=gettext_noop("When the norm was exceeded."))]
    remaining_minutes: Annotated[
        int | None,
        Field(description=gettext_noop("Working minutes, negative when overdue; null when met or cancelled.")),
    ]


class TicketRow(BaseModel):
    """A ticket as lists show it."""

    number: int
    subject: str
    state: State
    awaits: Annotated[Awaits, Field(description=gettext_noop("Whose move it is."))]
    kind: Kind
    critical: bool
    standard: Annotated[bool, Field(description=gettext_noop("Whether a fixed norm applies."))]
    impact: Impact
    urgency: Urgency
    priority: Annotated[
        Literal["low", "normal", "high", "critical"],
        Field(description=gettext_noop("Of impact and urgency; a critical bug’s own.")),
    ]
    service: Annotated[str | None, Field(description=gettext_noop("Code."), examples=["consulting"])]
    product: Annotated[str | None, Field(description=gettext_noop("Code."), examples=["ecology"])]
    module: Annotated[str | None, Field(description=gettext_noop("Code."), examples=["air"])]
    organization: Annotated[
        str, Field(description=gettext_noop("Short name of the customer."), examples=["Кама-Металл"])
    ]
    contract: Annotated[
        str | None,
        Field(description=gettext_noop("Number of the contract it is served under."), examples=["45-С/2026"]),
    ]
    coverage: Annotated[Coverage, Field(description=gettext_noop("Whether the contract pays for it."))]
    requester: Person
    author: Annotated[str, Field(description=gettext_noop("Who registered it."))]
    assignees: Annotated[list[Person], Field(description=gettext_noop("The first one answers for the ticket."))]
    channel: Channel
    registered_at: datetime
    expected_at: Annotated[date | None, Field(description=gettext_noop("The date the customer asks for."))]
    planned_at: Annotated[date | None, Field(description=gettext_noop("The date the support desk plans."))]
    closed_at: datetime | None
    clocks: list[ClockOut]


class TicketOut(TicketRow):
    """A ticket with all its words."""

    description: str
    closing_reason: Annotated[str, Field(description=gettext_noop("Why it was refused or cancelled."))]


class AttachmentOut(BaseModel):
    id: int
    name: str
    kind: Annotated[str, Field(description=gettext_noop("Media type, as the sender named it."))]
    size: Annotated[int, Field(description=gettext_noop("Bytes."))]
    sha256: str
    internal: bool
    by: Person | None
    at: datetime


class MessageOut(BaseModel):
    id: int
    text: str
    whole: Annotated[str, Field(description=gettext_noop("All of the letter, where the text is only its new words."))]
    internal: Annotated[bool, Field(description=gettext_noop("A note that only the support desk reads."))]
    author: Person | None
    channel: Channel
    at: datetime
    attachments: list[AttachmentOut]


class InformationRequestOut(BaseModel):
    n: int
    text: str
    author: Person
    at: datetime
    state: Annotated[
        Literal["open", "answered", "withdrawn"],
        Field(description=gettext_noop("Withdrawn: the ticket went on without an answer.")),
    ]
    ended_at: datetime | None
    answer: Annotated[str | None, Field(description=gettext_noop("Text of the message that answers it."))]


class ResolutionOut(BaseModel):
    n: int
    text: str
    author: Person
    at: datetime
    state: Resolution.Verdict
    decided_by: Person | None
    decided_at: datetime | None
    recorded_by: Annotated[
        Person | None, Field(description=gettext_noop("Who wrote down an acceptance spoken by phone."))
    ]
    reason: Annotated[str, Field(description=gettext_noop("Why it was returned."))]


class PlannedDateOut(BaseModel):
    """An offer of a planned date, by either side."""

    n: int
    date: date
    side: Annotated[PlannedDate.Side, Field(description=gettext_noop("Who offers it."))]
    reason: str
    author: Person
    at: datetime
    state: PlannedDate.Outcome
    decided_by: Person | None
    decided_at: datetime | None
    recorded_by: Annotated[Person | None, Field(description=gettext_noop("Who wrote down consent spoken by phone."))]
    refusal: Annotated[str, Field(description=gettext_noop("Why it was declined."))]
    due_at: Annotated[datetime, Field(description=gettext_noop("The closing of that day or of the next working day."))]
    hint: Annotated[str, Field(description=gettext_noop("What a day off means for the deadline; empty otherwise."))]


class AssignmentOut(BaseModel):
    assignees: list[Person]


class EventOut(BaseModel):
    id: int
    at: datetime
    kind: Annotated[str, Field(description=gettext_noop("What happened."), examples=["ticket.registered"])]
    text: Annotated[
        str, Field(description=gettext_noop("The same as a sentence in your language, its author left out."))
    ]
    by: Annotated[Person | None, Field(description=gettext_noop("Null: the service itself."))]
    internal: bool
    data: Annotated[dict[str, Any], Field(description=gettext_noop("Particulars of this kind of event."))]


class NotificationOut(BaseModel):
    id: int
    to: Annotated[
        str, Field(description=gettext_noop("E-mail address it was written to."), examples=["contact@demo.example"])
    ]
    kind: Annotated[str, Field(description=gettext_noop("What it tells about."), examples=["ticket.registered"])]
    subject: str
    state: Annotated[
        str,
        Field(
            description=gettext_noop("Its fate: queued | kept | sent | failed | bounced | unknown | unsent."),
            examples=["sent"],
        ),
    ]
    answer: Annotated[str, Field(description=gettext_noop("What the mail server said."))]
    at: datetime
    sent_at: datetime | None


class StretchOut(BaseModel):
    start: datetime
    end: datetime
    share: Annotated[Share, Field(description=gettext_noop("Counted, waited for the customer, or still ahead."))]


class DayOut(BaseModel):
    day: date
    counted_minutes: float
    waited_minutes: float
    total_minutes: Annotated[float, Field(description=gettext_noop("Sum of what was counted so far."))]
    stretches: list[StretchOut]


class HoldOut(BaseModel):
    start: datetime
    end: datetime | None
    reason: str
    minutes: Annotated[float, Field(description=gettext_noop("Working minutes that were not counted."))]


class DaysOffOut(BaseModel):
    first: date
    last: date
    text: Annotated[str, Field(description=gettext_noop("Why nobody works on these days."))]


class ChangeOut(BaseModel):
    at: datetime
    by: Person | None
    text: str


class DeadlineOut(BaseModel):
    """Why a deadline is what it is: everything counted adds up to the norm."""

    target: Target
    phase: Phase
    source: Annotated[str, Field(description=gettext_noop("Where the norm comes from."))]
    calendar: str
    timezone: Annotated[str, Field(description=gettext_noop("The zone of the calendar; all times here are in it."))]
    start: datetime
    counts_from: Annotated[datetime, Field(description=gettext_noop("The first working instant."))]
    due_at: Annotated[
        datetime | None, Field(description=gettext_noop("Null while the clock waits, and once it was lifted."))
    ]
    ended_at: datetime | None
    breached_at: datetime | None
    norm_minutes: float
    used_minutes: float
    waited_minutes: float
    remaining_minutes: float
    days: list[DayOut]
    days_off: Annotated[list[DaysOffOut], Field(description=gettext_noop("Days off that the count passes over."))]
    holds: list[HoldOut]
    changes: list[ChangeOut]


class OwedDateOut(BaseModel):
    """A planned date that the support desk has yet to name."""

    target: Literal["planned"]
    phase: Literal["owed"]
    source: Annotated[str, Field(description=gettext_noop("Where the norm comes from."))]
    start: datetime
    at_risk: Annotated[bool, Field(description=gettext_noop("A working day has passed, and no date is named."))]
    text: str


class LineOut(BaseModel):
    code: str
    name: str


class ProductOut(LineOut):
    modules: list[LineOut]


class CatalogOut(BaseModel):
    """What a ticket may name by code. What is no longer offered is not here."""

    services: list[LineOut]
    products: list[ProductOut]
