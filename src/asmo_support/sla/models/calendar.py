"""Working calendars: the provider's own, a customer's, a region's. A published version is never changed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asmo_support.wall.declare import shared


class WorkCalendar(models.Model):
    """A calendar that clocks run on. `current` is the number of the version in force."""

    wall = shared()

    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    current = models.IntegerField(default=1)
    retired = models.BooleanField(default=False)

    objects: "models.Manager[WorkCalendar]" = models.Manager()
    journal_name = "calendar"
    journal_organization = None

    class Meta:
        constraints = [
            models.CheckConstraint(name="calendar_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="calendar_is_in_some_version", condition=Q(current__gt=0)),
        ]

    @property
    def key(self) -> str:
        """What a clock keeps: which calendar and which version of it the deadline was counted with."""
        return f"{self.slug}@{self.current}"


class CalendarVersion(models.Model):
    """The whole content of a calendar as it was in force: see `sla.layers` for its shape."""

    # Added and read, never changed: the database itself refuses.
    wall = shared(desk="SELECT, INSERT")

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="versions", db_index=False)
    n = models.IntegerField()
    content = models.JSONField()
    source = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    author = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    published_at = models.DateTimeField(default=timezone.now)

    objects: "models.Manager[CalendarVersion]" = models.Manager()

    class Meta:
        ordering = ["-n"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "n"], name="one_calendar_version_per_number"),
            # Without an hour in the week a clock would never end.
            models.CheckConstraint(
                name="calendar_version_has_hours",
                condition=Q(content__has_keys=["zone", "week"]) & ~Q(content__week={}),
            ),
        ]
