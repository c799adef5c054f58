"""A calendar being prepared: one at a time, looked at before it is published, thrown away without a trace in clocks."""

import json
from hashlib import sha256

from django.db import models
from django.utils import timezone

from asmo_support.wall.declare import system


class CalendarDraft(models.Model):
    """What would be the next version. `base` is the version it was prepared from."""

    wall = system(desk="SELECT, INSERT, UPDATE, DELETE")

    calendar = models.OneToOneField("sla.WorkCalendar", models.CASCADE, related_name="draft")
    base = models.IntegerField()
    content = models.JSONField()
    # The year that was loaded, with all it said of itself: the audit looks at it again.
    loaded = models.JSONField(null=True)
    source = models.TextField(default="", blank=True)
    author = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects: "models.Manager[CalendarDraft]" = models.Manager()

    @property
    def mark(self) -> str:
        """Changes with what the draft says: a page that was looked at publishes nothing else."""
        return sha256(json.dumps([self.content, self.loaded], sort_keys=True).encode()).hexdigest()[:16]
