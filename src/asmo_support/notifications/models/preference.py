"""When a person wants letters, and which of those that are not personal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User

OWN_ROWS = tenant(portal="SELECT, INSERT, UPDATE, DELETE")


class Mode(models.TextChoices):
    NOW = "now", pgettext_lazy("notices", "at once")
    HOURLY = "hourly", pgettext_lazy("notices", "once an hour")
    DAILY = "daily", pgettext_lazy("notices", "once a day")
    NEVER = "never", pgettext_lazy("notices", "do not send")


class Preference(models.Model):
    """The clock of one person's letters. Who has no row is written to at any time."""

    wall = OWN_ROWS

    person = models.ForeignKey("people.User", models.CASCADE, related_name="+", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+", db_index=False)
    zone = models.CharField(max_length=40)
    # Nothing that may wait comes between these two; the second may lie on the next day.
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    working_days = models.BooleanField(default=False)
    daily_at = models.TimeField()
    changed_at = models.DateTimeField(default=timezone.now)

    objects: "models.Manager[Preference]" = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], name="one_preference_per_person"),
            models.CheckConstraint(
                name="quiet_hours_have_both_ends",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to")),
            ),
        ]


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def of(self, person: "User") -> dict[str, str]:
        """What this person chose, by kind; kinds without a row come as everybody gets them."""
        return dict(self.filter(person=person).values_list("kind", "mode"))

    def following(self, kind: str, organizations: Iterable[int]) -> "list[User]":
        """The people of these customers who asked for this kind."""
        rows = self.filter(kind=kind, organization__in=organizations).exclude(mode=Mode.NEVER)
        return [one.person for one in rows.select_related("person__organization").order_by("person")]


class Choice(models.Model):
    """How one kind of notices comes to one person."""

    wall = OWN_ROWS

    person = models.ForeignKey("people.User", models.CASCADE, related_name="+", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+", db_index=False)
    # A line of the table in `notifications.kinds`.
    kind = models.CharField(max_length=20)
    mode = models.CharField(max_length=6, choices=Mode.choices)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_kind"),
            models.CheckConstraint(name="mode_is_known", condition=Q(mode__in=sorted(Mode.values))),
        ]
        indexes = [
            models.Index(fields=["kind", "organization"], name="choice_of_followers", condition=~Q(mode="never")),
        ]
