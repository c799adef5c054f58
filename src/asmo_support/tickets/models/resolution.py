"""What the provider asks and what it proposes: objects with author, text, time and the customer's answer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import tenant


class InformationRequest(models.Model):
    """A question to the customer. Open until it is answered, or withdrawn by a resolution or the end."""

    wall = tenant(portal="SELECT, UPDATE")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="requests")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    n = models.SmallIntegerField()
    author = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    answer = models.ForeignKey("tickets.Message", models.PROTECT, null=True, related_name="answers")
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects: "models.Manager[InformationRequest]" = models.Manager()

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "n"], name="one_request_per_number"),
            models.CheckConstraint(name="request_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="answered_request_has_ended", condition=Q(answer__isnull=True) | Q(ended_at__isnull=False)
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class Resolution(models.Model):
    """A proposed resolution: accepted, or returned with a reason. Any number of rounds, each kept."""

    wall = tenant(portal="SELECT, UPDATE")

    class Verdict(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("resolution", "under review")
        ACCEPTED = "accepted", pgettext_lazy("resolution", "accepted")
        RETURNED = "returned", pgettext_lazy("resolution", "returned for rework")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="resolutions")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    n = models.SmallIntegerField()
    author = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.PROPOSED)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    # Who wrote the verdict down when it was spoken by phone.
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.TextField(default="", blank=True)
    reminded_at = models.DateTimeField(null=True)

    objects: "models.Manager[Resolution]" = models.Manager()

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "n"], name="one_resolution_per_number"),
            models.UniqueConstraint(
                fields=["ticket"], name="one_resolution_under_review", condition=Q(verdict="proposed")
            ),
            models.CheckConstraint(name="resolution_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="returned_with_a_reason", condition=~Q(verdict="returned") | ~Q(reason="")),
            models.CheckConstraint(
                name="verdict_has_its_time", condition=Q(verdict="proposed") | Q(decided_at__isnull=False)
            ),
        ]
