"""A letter of ours to one person, and its fate."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.channels.models.found import found_by, without_marks
from asmo_support.people.roles import Role
from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User

NOT_ARRIVED = ("failed", "bounced", "unknown", "unsent")
UNDELIVERED = Q(state__in=list(NOT_ARRIVED))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: "User") -> Self:
        """Staff see letters of tickets, a customer those to its own people. Letters with secrets: the administrator."""
        if not user.is_staff:
            return self.filter(organization__in=user.organization_ids, internal=False, secret=False)
        return self if user.role == Role.ADMIN else self.filter(secret=False)

    def undelivered(self) -> Self:
        """What did not arrive and still waits for somebody."""
        return self.filter(UNDELIVERED, settled_at=None)


class Delivery(models.Model):
    """A row of the outbox: written in the transaction of what it tells about, sent after it."""

    wall = tenant(portal="SELECT", rule="{own} AND NOT internal AND NOT secret")

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("letter", "waiting to be sent")
        KEPT = "kept", pgettext_lazy("letter", "kept, not sent")
        SENT = "sent", pgettext_lazy("letter", "handed to the mail server")
        FAILED = "failed", pgettext_lazy("letter", "not accepted")
        BOUNCED = "bounced", pgettext_lazy("letter", "returned")
        # Handed over several times, and its fate could not be written down: it may have arrived.
        UNKNOWN = "unknown", pgettext_lazy("letter", "fate unknown")
        # Nobody is at this address any more, so it was not tried.
        UNSENT = "unsent", pgettext_lazy("letter", "not sent: the address takes no letters")

    organization = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+", db_index=False)
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, null=True, related_name="deliveries", db_index=False)
    event_id = models.BigIntegerField(null=True)
    # What this letter asks its reader to decide. The text holds blank links; sending fills them in.
    link = models.ForeignKey("channels.OneTimeLink", models.SET_NULL, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=150, default="", blank=True)
    # For the desk alone; the customer does not see that it was written.
    internal = models.BooleanField(default=False)
    # Holds a one-time link or a code: shown to nobody but the administrator, emptied once it is sent.
    secret = models.BooleanField(default=False)
    automatic = models.BooleanField(default=True)
    # The kind of notices its reader may switch off; empty when the letter is personal.
    notice = models.CharField(max_length=20, default="", db_default="", blank=True)

    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(default="", blank=True)
    reply_to = models.CharField(max_length=320, default="", blank=True)
    message_id = models.CharField(max_length=255, unique=True)
    # Message-IDs this letter continues, oldest first, separated by spaces; the last one is answered.
    references = models.TextField(default="", blank=True)

    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    attempts = models.SmallIntegerField(default=0)
    # Tries begun whose end is not written down.
    untold = models.SmallIntegerField(default=0, db_default=0)
    # A person sends it, though the address takes no letters.
    insisted = models.BooleanField(default=False, db_default=False)
    due_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(default="", blank=True)
    cause = without_marks("answer")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    # Somebody has seen that it did not arrive and wants nothing more of it.
    settled_at = models.DateTimeField(null=True)
    known_by = found_by("address", "name", "subject", "message_id")

    objects = DeliveryQuerySet.as_manager()
    journal_name = "delivery"

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "address"], name="one_letter_per_event", condition=Q(event_id__isnull=False)
            ),
            models.CheckConstraint(
                name="sent_letter_has_its_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="letter_of_ticket_has_organization",
                condition=Q(ticket__isnull=True) | Q(organization__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="delivery_waiting", condition=Q(state="queued")),
            models.Index(fields=["ticket", "id"], name="delivery_of_ticket"),
            models.Index(fields=["state", "id"], name="delivery_by_state"),
            models.Index(fields=["address", "created_at"], name="delivery_by_address"),
            models.Index(fields=["id"], name="delivery_undelivered", condition=Q(UNDELIVERED, settled_at=None)),
            models.Index(fields=["created_at"], name="delivery_by_time"),
            GinIndex(OpClass(F("known_by"), "gin_trgm_ops"), name="delivery_by_words"),
        ]

    @property
    def journal_organization(self) -> int | None:
        return self.organization_id

    @property
    def did_not_arrive(self) -> bool:
        return self.state in NOT_ARRIVED

    @property
    def is_on_its_way(self) -> bool:
        return self.state == self.State.QUEUED
