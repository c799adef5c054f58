"""Two entries that turned out to be one customer, or one person."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import system


class Merge(models.Model):
    """A job for the worker and what came of it. The old number keeps leading to the new one through this row."""

    wall = system(desk="SELECT, INSERT, UPDATE")

    class Thing(models.TextChoices):
        ORGANIZATION = "organization", pgettext_lazy("merge", "customer")
        PERSON = "person", pgettext_lazy("merge", "person")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("merge", "waiting")
        DONE = "done", pgettext_lazy("merge", "done")
        REFUSED = "refused", pgettext_lazy("merge", "not done")

    thing = models.CharField(max_length=12, choices=Thing.choices)
    # Keys, not references: the old customer is gone when it is done.
    old_id = models.BigIntegerField()
    old_name = models.CharField(max_length=300)
    new_id = models.BigIntegerField()
    new_name = models.CharField(max_length=300)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    moved = models.JSONField(default=dict)
    reason = models.TextField(default="", blank=True)
    done_at = models.DateTimeField(null=True)

    objects: "models.Manager[Merge]" = models.Manager()
    journal_name = "merge"

    class Meta:
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(old_id=F("new_id"))),
            models.UniqueConstraint(fields=["thing", "old_id"], name="merged_once", condition=~Q(state="refused")),
        ]
        indexes = [
            models.Index(fields=["id"], name="merge_waiting", condition=Q(state="waiting")),
            models.Index(fields=["thing", "new_id"], name="merge_by_new"),
        ]

    @property
    def journal_organization(self) -> None:
        return None
