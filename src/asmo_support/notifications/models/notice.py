"""Something a person will be told later, together with the rest."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asmo_support.wall.declare import system


class Notice(models.Model):
    """A row for each person and event. What it says is written when it is told, from what may be read then."""

    wall = system()

    person = models.ForeignKey("people.User", models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    event_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    # Empty while it waits; filled too when there was nothing to tell any more, then without a letter.
    told_at = models.DateTimeField(null=True)
    letter = models.ForeignKey("channels.Delivery", models.SET_NULL, null=True, related_name="+", db_index=False)

    objects: "models.Manager[Notice]" = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "person"], name="told_once")]
        indexes = [
            models.Index(fields=["due_at", "person"], name="notice_waiting", condition=Q(told_at__isnull=True)),
            models.Index(fields=["person", "id"], name="notice_of_person", condition=Q(told_at__isnull=True)),
            models.Index(fields=["told_at"], name="notice_told", condition=Q(told_at__isnull=False)),
        ]
