"""Work that was spent, and the commercial offer for what no contract covers."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.tickets.models.ticket import Ticket
from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User


class TimeEntryQuerySet(models.QuerySet["TimeEntry"]):
    def visible_to(self, user: "User") -> Self:
        """Staff see all; a customer's person what is billable in the tickets it may see."""
        if user.is_staff:
            return self
        return self.filter(billable=True, ticket__in=Ticket.objects.visible_to(user))


class TimeEntry(models.Model):
    """Work of one specialist on one day. `minutes` were spent, `charged_minutes` draw the contract's budget down.
    What is not billable is the desk's own affair.
    """

    wall = tenant(rule="{own} AND billable")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="time_entries")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="time_entries")
    agent = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    minutes = models.IntegerField()
    billable = models.BooleanField(default=True)
    charged_minutes = models.IntegerField(default=0)
    text = models.TextField(default="", blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["agent", "day"], name="work_of_agent")]
        constraints = [
            models.CheckConstraint(
                name="work_within_a_day", condition=Q(minutes__gt=0, minutes__lte=1440, charged_minutes__gte=0)
            ),
            models.CheckConstraint(
                name="only_billable_work_is_charged", condition=Q(billable=True) | Q(charged_minutes=0)
            ),
        ]

    @property
    def is_undrawn(self) -> bool:
        """The contract was not in force on that day: none of its hours were drawn."""
        return self.billable and self.charged_minutes == 0


class CommercialOffer(models.Model):
    """What falls outside the contract is taken all the same: it is asked for, offered, accepted or declined."""

    wall = tenant(portal="SELECT, INSERT, UPDATE")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("commercial offer", "asked for")
        OFFERED = "offered", pgettext_lazy("commercial offer", "offered")
        ACCEPTED = "accepted", pgettext_lazy("commercial offer", "accepted")
        DECLINED = "declined", pgettext_lazy("commercial offer", "declined")
        RECALLED = "recalled", pgettext_lazy("commercial offer", "withdrawn")

    ticket = models.OneToOneField("tickets.Ticket", models.CASCADE, related_name="offer")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    text = models.TextField(default="", blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    minutes = models.IntegerField(null=True)
    valid_until = models.DateField(null=True)
    author = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=timezone.now)
    offered_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)

    objects: "models.Manager[CommercialOffer]" = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="offer_says_what_and_for_how_much",
                condition=Q(state="asked") | (~Q(text="") & Q(cost__isnull=False, offered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="decided_offer_has_its_time",
                condition=Q(state__in=["asked", "offered"]) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="offer_sums_are_positive",
                condition=(Q(cost__isnull=True) | Q(cost__gte=0)) & (Q(minutes__isnull=True) | Q(minutes__gt=0)),
            ),
        ]

    @property
    def waits(self) -> bool:
        """The customer's word is awaited, as long as the offer is good."""
        return self.state == self.State.OFFERED and not self.lapsed

    @property
    def lapsed(self) -> bool:
        """Nobody answered in time: another one may be asked for."""
        return self.state == self.State.OFFERED and not self.is_valid_on(timezone.localdate())

    @property
    def is_over(self) -> bool:
        """Nothing has come of it: another one may be asked for."""
        return self.state in {self.State.DECLINED, self.State.RECALLED} or self.lapsed

    @property
    def mark(self) -> str:
        """Changes with each offer: a page that was looked at accepts nothing else."""
        return self.offered_at.isoformat() if self.offered_at else ""

    def is_valid_on(self, day: date) -> bool:
        return self.valid_until is None or day <= self.valid_until
