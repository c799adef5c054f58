"""Regulations: norms for every kind of request, in versions. A draft is written; a published version stays as it is."""

import json
from datetime import date
from hashlib import sha256
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import shared


class Regulation(models.Model):
    """What a contract names. The one called `default` serves whoever has no contract that names another."""

    wall = shared()

    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    retired = models.BooleanField(default=False)

    objects: "models.Manager[Regulation]" = models.Manager()
    journal_name = "regulation"
    journal_organization = None

    class Meta:
        constraints = [models.CheckConstraint(name="regulation_has_a_name", condition=~Q(name=""))]


class RegulationVersionQuerySet(models.QuerySet["RegulationVersion"]):
    def in_force(self, day: date) -> Self:
        """The published version of each regulation on that day."""
        return self.filter(state=RegulationVersion.State.PUBLISHED, starts_on__lte=day).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


class RegulationVersion(models.Model):
    wall = shared()

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("regulation", "draft")
        PUBLISHED = "published", pgettext_lazy("regulation", "published")

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="versions", db_index=False)
    n = models.IntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    calendar = models.ForeignKey("sla.WorkCalendar", models.PROTECT, related_name="+")
    vulnerability_days = models.SmallIntegerField(default=3)
    vulnerability_in_working_days = models.BooleanField(default=False)
    note = models.TextField(default="", blank=True)
    author = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    objects = RegulationVersionQuerySet.as_manager()

    @property
    def mark(self) -> str:
        """Changes with what the version says: a page that was looked at publishes or replaces nothing else."""
        names = ("kind", "critical", "standard", "reaction_minutes", "resolution_minutes", "planned", "update_minutes")
        norms = sorted(map(str, self.norms.values_list(*names)))
        said = [self.calendar_id, self.vulnerability_days, self.vulnerability_in_working_days, norms, self.note]
        return sha256(json.dumps(said).encode()).hexdigest()[:16]

    class Meta:
        ordering = ["-n"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "n"], name="one_regulation_version_per_number"),
            models.UniqueConstraint(fields=["regulation"], name="one_draft_at_a_time", condition=Q(state="draft")),
            models.CheckConstraint(
                name="published_regulation_has_a_start",
                condition=Q(state="draft") | Q(starts_on__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="regulation_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="vulnerability_norm_is_positive", condition=Q(vulnerability_days__gt=0)),
            ExclusionConstraint(
                name="one_regulation_version_in_force",
                expressions=[
                    ("regulation", RangeOperators.EQUAL),
                    (
                        Func("starts_on", "ends_on", Value("[]"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="published"),
            ),
        ]


class Norm(models.Model):
    """One line of the matrix. Working minutes; an empty promise is no promise."""

    wall = shared()

    version = models.ForeignKey(RegulationVersion, models.CASCADE, related_name="norms", db_index=False)
    kind = models.CharField(max_length=12)
    critical = models.BooleanField(default=False)
    standard = models.BooleanField(default=True)
    reaction_minutes = models.IntegerField(null=True)
    resolution_minutes = models.IntegerField(null=True)
    planned = models.BooleanField(default=False)
    update_minutes = models.IntegerField(null=True)

    objects: "models.Manager[Norm]" = models.Manager()

    class Meta:
        ordering = ["kind", "-critical", "-standard"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "critical", "standard"], name="one_norm_per_case"),
            models.CheckConstraint(
                name="norm_is_positive",
                condition=(Q(reaction_minutes__isnull=True) | Q(reaction_minutes__gt=0))
                & (Q(resolution_minutes__isnull=True) | Q(resolution_minutes__gt=0))
                & (Q(update_minutes__isnull=True) | Q(update_minutes__gt=0)),
            ),
            models.CheckConstraint(name="only_a_bug_is_critical", condition=Q(critical=False) | Q(kind="bug")),
            models.CheckConstraint(
                name="either_norm_or_planned_date", condition=Q(planned=False) | Q(resolution_minutes__isnull=True)
            ),
        ]
