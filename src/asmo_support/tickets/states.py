"""The life of a ticket as data: what may follow what, and whose move it is. Pages, API and mail read these tables."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    REGISTERED = "registered", pgettext_lazy("ticket state", "registered")
    IN_WORK = "in_work", pgettext_lazy("ticket state", "in work")
    WAITING = "waiting_information", pgettext_lazy("ticket state", "waiting for information")
    REVIEW = "resolution_review", pgettext_lazy("ticket state", "resolution under review")
    CLOSED = "closed", pgettext_lazy("ticket state", "closed")
    CANCELLED = "cancelled", pgettext_lazy("ticket state", "closed by the customer")
    REFUSED = "refused", pgettext_lazy("ticket state", "refused")


class Awaits(TextChoices):
    """Whose move it is."""

    PROVIDER = "provider", _("the support desk")
    CUSTOMER = "customer", _("the customer")
    NOBODY = "nobody", _("nobody")


class Kind(TextChoices):
    BUG = "bug", pgettext_lazy("ticket kind", "bug")
    CHANGE = "change", pgettext_lazy("ticket kind", "change request")
    CONSULTATION = "consultation", pgettext_lazy("ticket kind", "consultation")


class Impact(TextChoices):
    PERSON = "person", pgettext_lazy("impact", "one person")
    DEPARTMENT = "department", pgettext_lazy("impact", "a department")
    ORGANIZATION = "organization", pgettext_lazy("impact", "the whole organization")


class Urgency(TextChoices):
    LOW = "low", pgettext_lazy("urgency", "can wait")
    NORMAL = "normal", pgettext_lazy("urgency", "hinders the work")
    HIGH = "high", pgettext_lazy("urgency", "stops the work")


class Priority(IntegerChoices):
    LOW = 1, pgettext_lazy("priority", "low")
    NORMAL = 2, pgettext_lazy("priority", "normal")
    HIGH = 3, pgettext_lazy("priority", "high")
    CRITICAL = 4, pgettext_lazy("priority", "critical")


class Channel(TextChoices):
    WEB = "web", pgettext_lazy("channel", "web")
    EMAIL = "email", pgettext_lazy("channel", "e-mail")
    PHONE = "phone", pgettext_lazy("channel", "phone")
    API = "api", pgettext_lazy("channel", "API")


class Via(TextChoices):
    """How a verdict came when it was not by the pages or the API."""

    LINK = "link", pgettext_lazy("verdict", "by the link of a letter")
    LETTER = "letter", pgettext_lazy("verdict", "by letter")


class Coverage(TextChoices):
    """Whether the contract pays for it. Nothing is turned away: what is outside goes the way of an offer."""

    COVERED = "covered", pgettext_lazy("coverage", "covered by the contract")
    SPECIFICATION = "specification", pgettext_lazy("coverage", "within the delivered specification")
    OUTSIDE = "outside", pgettext_lazy("coverage", "outside the contract")


NEXT: dict[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.IN_WORK, State.WAITING, State.REVIEW, State.CANCELLED, State.REFUSED}),
    State.IN_WORK: frozenset({State.WAITING, State.REVIEW, State.CANCELLED, State.REFUSED}),
    State.WAITING: frozenset({State.IN_WORK, State.REVIEW, State.CANCELLED, State.REFUSED}),
    State.REVIEW: frozenset({State.IN_WORK, State.CLOSED}),
    State.CLOSED: frozenset({State.IN_WORK}),
    State.CANCELLED: frozenset(),
    State.REFUSED: frozenset(),
}

AWAITS: dict[State, Awaits] = {
    State.REGISTERED: Awaits.PROVIDER,
    State.IN_WORK: Awaits.PROVIDER,
    State.WAITING: Awaits.CUSTOMER,
    State.REVIEW: Awaits.CUSTOMER,
    State.CLOSED: Awaits.NOBODY,
    State.CANCELLED: Awaits.NOBODY,
    State.REFUSED: Awaits.NOBODY,
}

OPEN = frozenset(state for state, awaits in AWAITS.items() if awaits is not Awaits.NOBODY)
DONE = frozenset(State) - OPEN

# Impact × urgency; a critical bug is above them all.
PRIORITY: dict[tuple[Impact, Urgency], Priority] = {
    (Impact.PERSON, Urgency.LOW): Priority.LOW,
    (Impact.PERSON, Urgency.NORMAL): Priority.NORMAL,
    (Impact.PERSON, Urgency.HIGH): Priority.HIGH,
    (Impact.DEPARTMENT, Urgency.LOW): Priority.LOW,
    (Impact.DEPARTMENT, Urgency.NORMAL): Priority.NORMAL,
    (Impact.DEPARTMENT, Urgency.HIGH): Priority.HIGH,
    (Impact.ORGANIZATION, Urgency.LOW): Priority.NORMAL,
    (Impact.ORGANIZATION, Urgency.NORMAL): Priority.HIGH,
    (Impact.ORGANIZATION, Urgency.HIGH): Priority.HIGH,
}

# The order of the desk's list: our move first, then the customer's, then what is done.
QUEUE: dict[Awaits, int] = {Awaits.PROVIDER: 0, Awaits.CUSTOMER: 1, Awaits.NOBODY: 2}


def priority_of(impact: str, urgency: str, *, critical: bool) -> Priority:
    return Priority.CRITICAL if critical else PRIORITY[Impact(impact), Urgency(urgency)]
