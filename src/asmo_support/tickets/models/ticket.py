"""A registered request of a customer."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils import timezone

from asmo_support.people.roles import Visibility
from asmo_support.tickets.states import (
    AWAITS,
    DONE,
    OPEN,
    Awaits,
    Channel,
    Coverage,
    Impact,
    Kind,
    Priority,
    State,
    Urgency,
)
from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User

# Where a list without a deadline stands: after everything that has one.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, user: "User") -> Self:
        """Staff see all; a customer's person sees own, the department's or all tickets, as the organization chose."""
        if user.is_staff:
            return self
        mine = self.filter(organization__in=user.organization_ids)
        if user.is_coordinator:
            return mine
        own = Q(requester=user) | Q(author=user)
        visibility = user.organization.visibility if user.organization else Visibility.OWN
        if visibility == Visibility.ALL:
            return mine
        if visibility == Visibility.DEPARTMENT and user.department:
            own |= Q(requester__department=user.department, requester__organization=user.organization_id)
        return mine.filter(own)

    def open(self) -> Self:
        return self.filter(state__in=sorted(OPEN))

    def done(self) -> Self:
        return self.filter(state__in=sorted(DONE))


class Ticket(models.Model):
    wall = tenant(portal="SELECT, INSERT, UPDATE")

    number = models.BigIntegerField(
        unique=True, db_default=Func(Value("ticket_number"), function="nextval"), editable=False
    )
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="tickets", db_index=False)
    requester = models.ForeignKey("people.User", models.PROTECT, related_name="requested_tickets", db_index=False)
    author = models.ForeignKey("people.User", models.PROTECT, related_name="authored_tickets", db_index=False)
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.WEB)
    subject = models.CharField(max_length=250)
    description = models.TextField()
    # More stands in the letter it was opened by: all of it is a `FirstLetter`.
    is_cut = models.BooleanField(default=False, db_default=False)
    # Of a letter: whether our mail server confirms that the requester wrote it.
    proven = models.BooleanField(default=True, db_default=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    critical = models.BooleanField(default=False)
    standard = models.BooleanField(default=True)
    impact = models.CharField(max_length=12, choices=Impact.choices, default=Impact.PERSON)
    urgency = models.CharField(max_length=6, choices=Urgency.choices, default=Urgency.NORMAL)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    service = models.ForeignKey("catalog.Service", models.PROTECT, null=True, related_name="+")
    product = models.ForeignKey("catalog.Product", models.PROTECT, null=True, related_name="+")
    module = models.ForeignKey("catalog.Module", models.PROTECT, null=True, related_name="+")
    expected_at = models.DateField(null=True)
    planned_at = models.DateField(null=True)
    # Both sides have agreed to the date in force: it stays until the customer accepts another one.
    planned_agreed = models.BooleanField(default=False, db_default=False)
    # What it was registered under: the regulation's version stays, whatever is published later.
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="tickets")
    # The one a person chose for it: another kind or product comes back to it.
    chosen_contract = models.ForeignKey(
        "contracts.Contract", models.PROTECT, null=True, related_name="+", db_index=False
    )
    regulation = models.ForeignKey("sla.RegulationVersion", models.PROTECT, null=True, related_name="+", db_index=False)
    # The norms give no resolution time: a planned date is owed instead.
    planned_owed = models.BooleanField(default=False)
    coverage = models.CharField(max_length=13, choices=Coverage.choices, default=Coverage.COVERED)
    state = models.CharField(max_length=20, choices=State.choices, default=State.REGISTERED)
    state_since = models.DateTimeField(default=timezone.now)
    closing_reason = models.TextField(default="", blank=True)
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")
    registered_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    # What the list shows and sorts by, kept by the actions so that no list has to look anywhere else.
    queue = models.SmallIntegerField(default=0)
    queue_at = models.DateTimeField(default=NEVER)
    # The keys of its specialists, so that “mine or nobody's” is asked of the row itself.
    agents = ArrayField(
        models.BigIntegerField(), default=list, db_default=Value([], output_field=ArrayField(models.BigIntegerField()))
    )
    last_word = models.CharField(max_length=200, default="", blank=True)
    last_word_at = models.DateTimeField(default=timezone.now)
    last_word_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)

    objects = TicketQuerySet.as_manager()
    journal_name = "ticket"

    class Meta:
        indexes = [
            models.Index(fields=["queue", "queue_at", "id"], name="ticket_queue"),
            models.Index(fields=["state", "queue", "queue_at", "id"], name="ticket_queue_by_state"),
            models.Index(fields=["organization", "queue", "queue_at", "id"], name="ticket_queue_of_customer"),
            models.Index(fields=["requester", "queue", "queue_at", "id"], name="ticket_queue_of_requester"),
            models.Index(fields=["author", "queue", "queue_at", "id"], name="ticket_queue_of_author"),
            models.Index(fields=["organization", "id"], name="ticket_of_customer"),
            models.Index(F("closed_at").desc(), F("id").desc(), name="ticket_done", condition=Q(queue=2)),
            models.Index(
                F("organization"),
                F("closed_at").desc(),
                F("id").desc(),
                name="ticket_done_of_customer",
                condition=Q(queue=2),
            ),
            models.Index(
                fields=["registered_at", "id"],
                name="ticket_date_owed",
                condition=Q(planned_owed=True, planned_at__isnull=True, queue__in=[0, 1]),
            ),
            GinIndex(OpClass(Upper("subject"), "gin_trgm_ops"), name="ticket_by_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "organization"], name="ticket_with_organization"),
            models.CheckConstraint(name="critical_is_a_bug", condition=Q(critical=False) | Q(kind=Kind.BUG)),
            models.CheckConstraint(name="ticket_has_subject", condition=~Q(subject="")),
            models.CheckConstraint(
                name="done_ticket_has_its_time",
                condition=Q(state__in=sorted(DONE), closed_at__isnull=False)
                | Q(state__in=sorted(OPEN), closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="agreed_date_is_there", condition=Q(planned_agreed=False) | Q(planned_at__isnull=False)
            ),
            models.CheckConstraint(
                name="refused_ticket_has_reason", condition=~Q(state=State.REFUSED) | ~Q(closing_reason="")
            ),
        ]

    @property
    def journal_organization(self) -> int:
        return self.organization_id

    @property
    def awaits(self) -> Awaits:
        return AWAITS[State(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def needs_planned_date(self) -> bool:
        """Without a resolution norm the provider owes a planned date."""
        return self.is_open and self.planned_at is None and self.planned_owed


class Assignment(models.Model):
    """A specialist who works on a ticket; the first one answers for it."""

    wall = tenant()

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="assignments")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey("people.User", models.PROTECT, related_name="assignments", db_index=False)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects: "models.Manager[Assignment]" = models.Manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["agent", "ticket"], name="assignment_of_agent")]
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="one_assignment_per_agent")]
