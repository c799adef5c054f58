"""A talk by phone, or the wish for one: who called whom, when, and what came of it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.lib.phones import shown
from asmo_support.wall.declare import system, tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User

# A call whose end nobody told us of is no longer shown as going on.
RINGS_AT_MOST = timedelta(minutes=10)
LASTS_AT_MOST = timedelta(hours=6)
# What exchanges say of a number that is kept from us.
HIDDEN = frozenset({"anonymous", "unknown", "private", "restricted", "unavailable", "withheld", ""})


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: "User") -> Self:
        """Calls are the desk's alone; a customer reads in its tickets that one took place."""
        return self if user.is_staff else self.none()

    def for_page(self) -> Self:
        return self.select_related("agent", "person", "organization", "ticket", "by", "settled_by")

    def missed(self) -> Self:
        """Nobody took it and nobody has called back yet."""
        return self.filter(state=Call.State.MISSED, direction=Call.Direction.IN, settled_at=None)

    def going_on(self) -> Self:
        now = timezone.now()
        rings = Q(state=Call.State.RINGING, began_at__gt=now - RINGS_AT_MOST)
        return self.filter(rings | Q(state=Call.State.TALKING, began_at__gt=now - LASTS_AT_MOST))


class Call(models.Model):
    """One call. Of a caller whom nobody knows it belongs to no customer; the portal never reads this table."""

    wall = tenant(portal="")

    class Direction(models.TextChoices):
        IN = "in", pgettext_lazy("call", "incoming")
        OUT = "out", pgettext_lazy("call", "outgoing")

    class State(models.TextChoices):
        RINGING = "ringing", pgettext_lazy("call", "rings")
        TALKING = "talking", pgettext_lazy("call", "is going on")
        ENDED = "ended", pgettext_lazy("call", "ended")
        MISSED = "missed", pgettext_lazy("call", "missed")

    # What the exchange calls it; of a call that was written down by hand there is none.
    exchange = models.ForeignKey("channels.Exchange", models.PROTECT, null=True, related_name="+", db_index=False)
    key = models.CharField(max_length=250, null=True)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    state = models.CharField(max_length=7, choices=State.choices)
    # The customer's side: in E.164 when it is a number, and as it was sent or typed.
    number = models.CharField(max_length=20, default="", blank=True)
    typed = models.CharField(max_length=100, default="", blank=True)
    line = models.CharField(max_length=100, default="", blank=True)
    cause = models.CharField(max_length=60, default="", blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    agent = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, null=True, related_name="+")
    note = models.TextField(default="", blank=True)
    recording = models.CharField(max_length=2000, default="", blank=True)
    # Who wrote it down, when no exchange did.
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    # A missed call is settled by a talk with the same number, or by somebody who says so.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)

    objects = CallQuerySet.as_manager()
    journal_name = "call"

    class Meta:
        indexes = [
            models.Index(fields=["number", "-id"], name="call_by_number"),
            models.Index(fields=["id"], name="call_going_on", condition=Q(state__in=["ringing", "talking"])),
            models.Index(
                fields=["id"], name="call_missed", condition=Q(state="missed", direction="in", settled_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "key"], name="one_call_of_a_key"),
            models.CheckConstraint(
                name="call_over_has_end", condition=Q(state__in=["ringing", "talking"]) ^ Q(ended_at__isnull=False)
            ),
            models.CheckConstraint(
                name="talk_was_answered", condition=Q(state__in=["ringing", "missed"]) ^ Q(answered_at__isnull=False)
            ),
            models.CheckConstraint(
                name="call_ends_after_answer",
                condition=Q(answered_at=None) | Q(ended_at=None) | Q(ended_at__gte=F("answered_at")),
            ),
            models.CheckConstraint(
                name="recording_is_a_web_address", condition=Q(recording="") | Q(recording__regex=r"^https?://")
            ),
        ]

    @property
    def journal_organization(self) -> int | None:
        return self.organization_id

    @property
    def is_incoming(self) -> bool:
        return self.direction == self.Direction.IN

    @property
    def is_going_on(self) -> bool:
        return self.state in {self.State.RINGING, self.State.TALKING}

    @property
    def awaits_callback(self) -> bool:
        return self.state == self.State.MISSED and self.is_incoming and self.settled_at is None

    @property
    def shown(self) -> str:
        """The number as people read it; what was sent, when it is none; nothing of a hidden one."""
        if self.number:
            return shown(self.number)
        return "" if self.typed.lower() in HIDDEN else self.typed

    @property
    def length(self) -> timedelta | None:
        """How long they talked; unknown of a talk whose beginning or end nobody told us."""
        if self.answered_at is None or self.ended_at is None or self.ended_at == self.answered_at:
            return None
        return self.ended_at - self.answered_at

    @property
    def length_shown(self) -> str:
        """As a telephone shows it: 4:05, or 1:02:05; empty when it is not known."""
        if self.length is None:
            return ""
        minutes, seconds = divmod(max(1, round(self.length.total_seconds())), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class Ring(models.Model):
    """Whose screen a call appears on, until the person says «not now»."""

    wall = system(desk="SELECT, INSERT, UPDATE")

    call = models.ForeignKey(Call, models.CASCADE, related_name="rings", db_index=False)
    agent = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    dismissed_at = models.DateTimeField(null=True)

    objects: "models.Manager[Ring]" = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "agent"], name="one_ring_per_agent")]


class CallbackQuerySet(models.QuerySet["Callback"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_staff else self.none()

    def planned(self) -> Self:
        return self.filter(state=Callback.State.PLANNED)


class Callback(models.Model):
    """A promise to call somebody: when, who of us, about what."""

    wall = tenant(portal="")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("callback", "planned")
        DONE = "done", pgettext_lazy("callback", "done")
        CANCELLED = "cancelled", pgettext_lazy("callback", "cancelled")

    due_at = models.DateTimeField()
    agent = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20, default="", blank=True)
    typed = models.CharField(max_length=100)
    about = models.CharField(max_length=500)
    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, null=True, related_name="+")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)

    objects = CallbackQuerySet.as_manager()
    journal_name = "callback"

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="callback_planned", condition=Q(state="planned"))]
        constraints = [
            models.CheckConstraint(
                name="closed_callback_has_time", condition=Q(state="planned") ^ Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(name="callback_says_what_about", condition=~Q(about="") & ~Q(typed="")),
        ]

    @property
    def journal_organization(self) -> int | None:
        return self.organization_id

    @property
    def shown(self) -> str:
        return shown(self.number) if self.number else self.typed

    @property
    def is_overdue(self) -> bool:
        return self.state == self.State.PLANNED and self.due_at < timezone.now()
