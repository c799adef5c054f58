"""The planned date as a negotiation: each offer of either side with its reason and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import tenant


class PlannedDate(models.Model):
    """An offer of a date. The provider's newest one is in force at once, an agreed one until the next agreement."""

    wall = tenant(portal="SELECT, INSERT, UPDATE")

    class Side(models.TextChoices):
        PROVIDER = "provider", pgettext_lazy("planned date", "the support desk")
        CUSTOMER = "customer", pgettext_lazy("planned date", "the customer")

    class Outcome(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("planned date", "offered")
        AGREED = "agreed", pgettext_lazy("planned date", "agreed")
        DECLINED = "declined", pgettext_lazy("planned date", "declined")
        RECALLED = "recalled", pgettext_lazy("planned date", "taken back")
        REPLACED = "replaced", pgettext_lazy("planned date", "replaced by a newer offer")
        SETTLED = "settled", pgettext_lazy("planned date", "another date was agreed")
        LAPSED = "lapsed", pgettext_lazy("planned date", "lapsed")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="planned_dates", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    n = models.SmallIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    author = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OFFERED)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    # Who wrote the consent down when it was spoken by phone.
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    # Why the other side declined it.
    refusal = models.TextField(default="", db_default="", blank=True)
    reminded_at = models.DateTimeField(null=True)

    objects: "models.Manager[PlannedDate]" = models.Manager()

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "n"], name="one_planned_date_per_number"),
            models.UniqueConstraint(
                fields=["ticket", "side"], name="one_open_offer_per_side", condition=Q(verdict="offered")
            ),
            models.CheckConstraint(name="planned_date_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="planned_verdict_has_its_time", condition=Q(verdict="offered") | Q(decided_at__isnull=False)
            ),
            models.CheckConstraint(
                name="declined_date_has_a_reason", condition=~Q(verdict="declined") | ~Q(refusal="")
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.verdict == self.Outcome.OFFERED

    @property
    def is_ours(self) -> bool:
        """Offered by the desk."""
        return self.side == self.Side.PROVIDER
