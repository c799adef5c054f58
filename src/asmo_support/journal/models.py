"""What happened, and the errands that follow from it."""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from asmo_support.wall.declare import system, tenant


class Event(models.Model):
    """A fact that is never changed. `thing` and `thing_id` name what it happened to."""

    wall = tenant(portal="SELECT, INSERT", rule="{own} AND NOT internal")

    organization_id = models.BigIntegerField(null=True)
    thing = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    internal = models.BooleanField(default=False)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["thing", "thing_id", "id"], name="event_of_thing"),
            models.Index(fields=["by", "id"], name="event_by_person"),
        ]


class Errand(models.Model):
    """One listener's share of one event: drained in batches, tried again, and visible when it fails."""

    wall = system(portal="INSERT", desk="SELECT, INSERT")

    event = models.ForeignKey(Event, models.CASCADE, related_name="errands", db_index=False)
    listener = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default="waiting", db_default="waiting")
    attempts = models.SmallIntegerField(default=0, db_default=0)
    due_at = models.DateTimeField(default=timezone.now, db_default=Now())
    error = models.TextField(default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "listener"], name="one_errand_per_listener")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="errand_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=["id"], name="errand_failed", condition=models.Q(state="failed")),
        ]
