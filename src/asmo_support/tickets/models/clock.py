"""A promise and how it is kept. Time itself is counted by `sla.worktime`; here are the facts."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import tenant


class Target(models.TextChoices):
    REACTION = "reaction", pgettext_lazy("clock", "reaction")
    RESOLUTION = "resolution", pgettext_lazy("clock", "resolution")
    PLANNED = "planned", pgettext_lazy("clock", "planned date")
    UPDATE = "update", pgettext_lazy("clock", "news of progress")


# What stands while the move is the customer's. A planned date is a date: only a new agreement moves it.
PAUSABLE = (Target.RESOLUTION, Target.UPDATE)


class ClockState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("clock", "running")
    PAUSED = "paused", pgettext_lazy("clock", "paused")
    MET = "met", pgettext_lazy("clock", "met")
    CANCELLED = "cancelled", pgettext_lazy("clock", "cancelled")


class Source(models.TextChoices):
    REGULATION = "regulation", pgettext_lazy("clock", "the regulation")
    CONTRACT = "contract", pgettext_lazy("clock", "the contract")
    OFFER = "offer", pgettext_lazy("clock", "the planned date")


class Clock(models.Model):
    """One target of one ticket. `due_at` is known while it runs; a breach is a fact beside the state."""

    wall = tenant(portal="SELECT, INSERT, UPDATE")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="clocks", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    target = models.CharField(max_length=10, choices=Target.choices)
    state = models.CharField(max_length=9, choices=ClockState.choices, default=ClockState.RUNNING)
    # A planned date has no norm: it falls due at its day's closing.
    norm_minutes = models.IntegerField(null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    # Set when the breach was told to the desk, so that it is told once.
    breach_told = models.BooleanField(default=False)
    # The share of the norm that was last warned of (0, 50, 75, 90), and when the next warning is due.
    warned = models.SmallIntegerField(default=0)
    warn_at = models.DateTimeField(null=True)
    # The calendar's version it was counted with, and where the norm comes from.
    calendar = models.CharField(max_length=40)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.REGULATION)
    # Whose own norm it is; the ticket may be served under another contract since.
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+", db_index=False)

    objects: "models.Manager[Clock]" = models.Manager()

    class Meta:
        ordering = ["target"]
        indexes = [
            models.Index(fields=["due_at", "id"], name="clock_due", condition=Q(state="running", breach_told=False)),
            models.Index(fields=["warn_at", "id"], name="clock_warning", condition=Q(warn_at__isnull=False)),
            models.Index(
                fields=["calendar", "id"], name="clock_of_calendar", condition=Q(state__in=["running", "paused"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "target"], name="one_clock_per_target"),
            models.CheckConstraint(
                name="running_clock_has_due_time",
                condition=Q(state="running", due_at__isnull=False) | ~Q(state="running"),
            ),
            models.CheckConstraint(
                name="met_clock_has_its_time", condition=Q(state="met", met_at__isnull=False) | ~Q(state="met")
            ),
            models.CheckConstraint(
                name="clock_norm_is_positive",
                condition=Q(norm_minutes__gt=0) | Q(norm_minutes__isnull=True, target="planned"),
            ),
            models.CheckConstraint(
                name="only_running_clocks_warn", condition=Q(warn_at__isnull=True) | Q(state="running")
            ),
            models.CheckConstraint(name="reaction_never_pauses", condition=~Q(target="reaction", state="paused")),
        ]


class Pause(models.Model):
    """A time when the move was the customer's: it does not count against the provider."""

    wall = tenant(portal="SELECT, INSERT, UPDATE")

    class Why(models.TextChoices):
        QUESTION = "question", pgettext_lazy("pause", "a question was asked")
        REVIEW = "review", pgettext_lazy("pause", "a resolution was under review")
        CLOSED = "closed", pgettext_lazy("pause", "the ticket was closed")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="pauses")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=8, choices=Why.choices)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects: "models.Manager[Pause]" = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], name="one_open_pause", condition=Q(ended_at__isnull=True)),
            models.CheckConstraint(
                name="pause_ends_after_start",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
            ),
        ]
