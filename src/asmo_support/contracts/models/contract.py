"""What a customer bought: a contract with a period, what it covers and what it promises."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from asmo_support.contracts.budgets import Budget
from asmo_support.people.models import Organization
from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User

# A branch is served under its head office's contract too, so its people may read it; papers and sums stay at home.
FAMILY = "({own} OR organization_id IN (SELECT parent_id FROM people_organization))"


class ContractKind(models.TextChoices):
    LICENCE = "licence", _("licence agreement with support")
    SUPPORT = "support", _("technical support")
    MAINTENANCE = "maintenance", _("maintenance within the specification")
    DEVELOPMENT = "development", _("development")
    ONSITE = "onsite", _("on-site service")


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: "User") -> Self:
        """Staff see all; a customer's person the own organization's, and the head office's it is served under."""
        if user.is_staff:
            return self
        # Asked of the branches: the head office's own row is not theirs to see.
        offices = Organization.objects.filter(pk__in=user.organization_ids, parent__isnull=False).values("parent")
        return self.filter(Q(organization__in=user.organization_ids) | Q(organization__in=offices))

    def in_force(self, day: date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Contract(models.Model):
    """Support runs under it. Passing its end is shown; nothing is blocked by it."""

    wall = tenant(rule=FAMILY)

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=ContractKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    place = models.CharField(max_length=10, choices=[("remote", _("remote")), ("site", _("on site"))], default="remote")
    # Without them the vendor's own regulation holds, and its calendar.
    regulation = models.ForeignKey("sla.Regulation", models.PROTECT, null=True, related_name="+")
    calendar = models.ForeignKey("sla.WorkCalendar", models.PROTECT, null=True, related_name="+")
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    # The budget of hours, in minutes, and to what each entry of work is rounded up.
    budget_minutes = models.IntegerField(null=True)
    rounding_minutes = models.SmallIntegerField(default=15)
    # What billable work has drawn so far: kept by whoever writes work down or strikes it out, under a lock.
    drawn_minutes = models.IntegerField(default=0, db_default=0)
    note = models.TextField(default="", blank=True)
    # The last reminder of its end that was sent: 60, 30 or 7 days before.
    reminded_days = models.SmallIntegerField(null=True)

    objects = ContractQuerySet.as_manager()
    journal_name = "contract"

    class Meta:
        indexes = [models.Index(fields=["ends_on", "id"], name="contract_by_end")]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="one_contract_per_number"),
            models.UniqueConstraint(fields=["id", "organization"], name="contract_with_organization"),
            models.CheckConstraint(
                name="contract_sums_are_positive",
                condition=(Q(cost__isnull=True) | Q(cost__gte=0))
                & (Q(budget_minutes__isnull=True) | Q(budget_minutes__gte=0))
                & Q(rounding_minutes__gt=0, drawn_minutes__gte=0),
            ),
            models.CheckConstraint(
                name="contract_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    @property
    def journal_organization(self) -> int:
        return self.organization_id

    def is_in_force(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def why_not_in_force(self, day: date) -> str:
        """ended, not-begun, or nothing when it is in force that day."""
        if self.is_in_force(day):
            return ""
        return "not-begun" if day < self.starts_on else "ended"

    @property
    def budget(self) -> Budget | None:
        """How the hours stand; None for a contract without a budget."""
        return None if self.budget_minutes is None else Budget(self.budget_minutes, self.drawn_minutes)

    def days_left(self, day: date) -> int | None:
        """Days until the end, the last day included; negative after it, None without an end."""
        return None if self.ends_on is None else (self.ends_on - day).days
