"""A customer, the branches below it and the domains its letters come from."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils import timezone

from asmo_support.lib.text import sort_key
from asmo_support.people.domains import readable
from asmo_support.people.models.numbers import Numbers, kept
from asmo_support.people.roles import Visibility
from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models.user import User

# Head office, branch, branch of the branch.
DEEPEST = 3


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_staff else self.filter(pk__in=user.organization_ids)


class Organization(Numbers):
    """A customer. A branch has a parent; the head office's coordinator sees its branches."""

    wall = tenant(own="id", portal="SELECT, UPDATE")

    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=100)
    sort_name = models.CharField(max_length=300, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="branches")
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.OWN)
    # As they were typed, separated by commas; `numbers` is made of it.
    phones = models.CharField(max_length=300, default="", db_default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())

    objects = OrganizationQuerySet.as_manager()
    journal_name = "organization"

    class Meta:
        indexes = [
            models.Index(fields=["sort_name", "id"], name="organization_by_name"),
            GinIndex(fields=["numbers"], name="organization_by_number"),
        ]
        constraints = [
            models.CheckConstraint(name="organization_has_name", condition=~Q(name="") & ~Q(short_name="")),
            models.CheckConstraint(name="organization_not_its_own_branch", condition=~Q(parent=models.F("id"))),
        ]

    @property
    def journal_organization(self) -> int:
        return int(self.pk)

    def save(self, **options: object) -> None:
        # No ICU in the embedded server: Russian names are sorted by a stored key.
        self.sort_name = sort_key(self.short_name)
        self.numbers = kept(self.phones, options, "phones")
        super().save(**options)  # type: ignore[arg-type]


class OrganizationDomainQuerySet(models.QuerySet["OrganizationDomain"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_staff else self.filter(organization__in=user.organization_ids)


class OrganizationDomain(models.Model):
    """What stands after the @ in the addresses of a customer's people, in the form of the name system (`xn--…`)."""

    wall = tenant()

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects = OrganizationDomainQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="domain_is_canonical", condition=Q(domain=Lower("domain")) & Q(domain__contains=".")
            )
        ]

    @property
    def shown(self) -> str:
        """As people write it."""
        return readable(self.domain)
