"""What a program may send. A field that is not named here is refused (AP-01)."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from asmo_support.tickets.states import Awaits, Impact, Kind, State, Urgency

TIMED = re.compile(r"[T ]\s*\d|:", re.IGNORECASE)


def _printable(text: str) -> str:
    if "\x00" in text:
        raise ValueError(_("There is a character here that is not text."))
    return text


def _day(value: Any) -> Any:
    """A date, or a time that is taken as its date in Moscow. Numbers are neither."""
    if value is None or isinstance(value, date):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(_("This must be a date like 2026-04-30.")) from None
    return timezone.localtime(moment).date() if moment.tzinfo else moment.date()


def _day_alone(value: Any) -> Any:
    """A date without a time: a planned date falls due at its day's closing, and a time would be lost unsaid."""
    if isinstance(value, str) and TIMED.search(value):
        raise ValueError(_("A planned date is a day without a time, like 2026-12-04: it falls due at its closing."))
    return _day(value)


def _separated(value: Any) -> Any:
    """`?state=in_work,closed` is the same as `?state=in_work&state=closed`."""
    given = value if isinstance(value, list) else [value]
    return [part for one in given for part in str(one).split(",") if part]


def _field(description: str, example: Any, **more: Any) -> Any:
    return Field(description=description, examples=[example], **more)


Word = Annotated[str, Field(max_length=254), AfterValidator(_printable)]
Text = Annotated[str, Field(min_length=1), AfterValidator(_printable)]
Day = Annotated[date, BeforeValidator(_day)]
DayAlone = Annotated[date, BeforeValidator(_day_alone)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Nothing(Body):
    """An empty object."""


class TicketIn(Body):
    subject: Annotated[
        Text, _field(gettext_noop("What it is about, in a few words."), "Не печатается форма 2-ТП", max_length=250)
    ]
    description: Annotated[Text, _field(gettext_noop("What happens."), "Печать даёт пустой лист.")]
    kind: Annotated[Kind, _field(gettext_noop("What is asked for."), "bug")]
    critical: Annotated[StrictBool, _field(gettext_noop("A module cannot be worked with; bugs only."), False)] = False
    impact: Annotated[Impact, _field(gettext_noop("Whom it concerns."), "department")] = Impact.PERSON
    urgency: Annotated[Urgency, _field(gettext_noop("How it hinders."), "normal")] = Urgency.NORMAL
    service: Annotated[
        Word | None, _field(gettext_noop("Code of a line of the service composition."), "consulting")
    ] = None
    product: Annotated[Word | None, _field(gettext_noop("Code of a product."), "ecology")] = None
    module: Annotated[Word | None, _field(gettext_noop("Code of a module of the product."), "air")] = None
    expected_at: Annotated[Day | None, _field(gettext_noop("The date the customer asks for."), "2026-12-01")] = None
    requester: Annotated[
        Word | None,
        _field(
            gettext_noop(
                "E-mail address of the person who asks. The desk must name it; a coordinator may name a person of the"
                " own organization; for a contact it is the contact."
            ),
            "contact@demo.example",
        ),
    ] = None


class TriageIn(Body):
    """What is not sent stays; `null` empties service, product and module."""

    kind: Kind = Kind.BUG
    critical: StrictBool = False
    standard: Annotated[StrictBool, Field(description=gettext_noop("Whether a fixed norm applies."))] = True
    impact: Impact = Impact.PERSON
    urgency: Urgency = Urgency.NORMAL
    product: Annotated[Word | None, _field(gettext_noop("Code of a product."), "ecology")] = None
    module: Annotated[Word | None, _field(gettext_noop("Code of a module of the product."), "air")] = None
    service: Annotated[
        Word | None, _field(gettext_noop("Code of a line of the service composition."), "consulting")
    ] = None
    reason: Annotated[
        str | None,
        Field(description=gettext_noop("Why; the customer sees it. Required when kind, critical or standard change.")),
    ] = None


class MessageIn(Body):
    text: Text
    internal: Annotated[StrictBool, Field(description=gettext_noop("A note that only the support desk reads."))] = False


class TextIn(Body):
    text: Text


class ReasonIn(Body):
    reason: Annotated[Text, Field(description=gettext_noop("The other side reads it."))]


class PlannedDateIn(Body):
    date: Annotated[
        DayAlone,
        _field(
            gettext_noop("A day without a time, from today on; a day off falls due on the next working day."),
            "2026-12-04",
        ),
    ]
    reason: Annotated[Text, Field(description=gettext_noop("Why this date; the other side reads it."))]


class DateRefusalIn(Body):
    reason: Annotated[
        str | None,
        Field(description=gettext_noop("Why; the other side reads it. Not needed to take one’s own offer back.")),
    ] = None


class CancellationIn(Body):
    reason: Annotated[str | None, Field(description=gettext_noop("Why, if you like."))] = None


class AcceptanceIn(Body):
    spoken_by: Annotated[
        Word | None,
        _field(
            gettext_noop("For the desk alone: e-mail address of the customer’s person who accepted by phone."),
            "contact@demo.example",
        ),
    ] = None


class AssignmentIn(Body):
    """One of the two: `assignees` in order, the first one answers for the ticket, or a single `assignee`."""

    assignees: Annotated[
        list[Word] | None, _field(gettext_noop("E-mail addresses."), ["engineer@demo.example"], max_length=20)
    ] = None
    assignee: Annotated[Word | None, _field(gettext_noop("E-mail address."), "engineer@demo.example")] = None


class Paging(BaseModel):
    limit: Annotated[int, Field(ge=1, le=100, description=gettext_noop("How many at most."))] = 50
    cursor: Annotated[str | None, Field(description=gettext_noop("`next` of the page before."))] = None


class TicketFilters(Paging):
    state: Annotated[
        list[State],
        BeforeValidator(_separated),
        Field(description=gettext_noop("One or more: separated by commas or repeated.")),
    ] = []
    kind: Annotated[list[Kind], BeforeValidator(_separated), Field(description=gettext_noop("One or more."))] = []
    awaits: Annotated[
        list[Awaits], BeforeValidator(_separated), Field(description=gettext_noop("Whose move it is."))
    ] = []
    critical: bool | None = None
    assignee: Annotated[Word | None, Field(description=gettext_noop("E-mail address of a specialist, or `me`."))] = None
    requester: Annotated[
        Word | None, Field(description=gettext_noop("E-mail address of the person who asks, or `me`."))
    ] = None
    organization: Annotated[
        Word | None, Field(description=gettext_noop("Short name of the customer, as in the ticket."))
    ] = None
