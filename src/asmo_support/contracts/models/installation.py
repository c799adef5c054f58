"""What stands at a customer: a product with its modules, at a version, in a place."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from asmo_support.people.models.numbers import Numbers, kept
from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User


class InstallationQuerySet(models.QuerySet["Installation"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_staff else self.filter(organization__in=user.organization_ids)

    def standing(self) -> Self:
        """Those that are in use."""
        return self.filter(retired_on=None)


class Installation(Numbers):
    """One copy of a product that lives at a customer. A retired one stays for the history."""

    wall = tenant()

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="installations")
    # What people there call it: working, test, training.
    name = models.CharField(max_length=100)
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="installations")
    version = models.ForeignKey("catalog.Version", models.PROTECT, null=True, related_name="installations")
    place = models.CharField(max_length=200, default="", blank=True)
    # Of the place it stands at, as they were typed; `numbers` is made of it.
    phones = models.CharField(max_length=300, default="", db_default="", blank=True)
    since = models.DateField(null=True)
    retired_on = models.DateField(null=True)
    note = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = InstallationQuerySet.as_manager()
    journal_name = "customer-installation"

    class Meta:
        indexes = [GinIndex(fields=["numbers"], name="installation_by_number")]
        constraints = [
            models.UniqueConstraint(fields=["id", "organization"], name="installation_with_organization"),
            models.CheckConstraint(name="installation_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="installation_retired_after_start",
                condition=Q(retired_on__isnull=True) | Q(since__isnull=True) | Q(retired_on__gte=F("since")),
            ),
        ]

    @property
    def journal_organization(self) -> int:
        return self.organization_id

    def save(self, **options: object) -> None:
        self.numbers = kept(self.phones, options, "phones")
        super().save(**options)  # type: ignore[arg-type]

    @property
    def is_standing(self) -> bool:
        return self.retired_on is None

    @property
    def is_unsupported(self) -> bool:
        """Its version is past the day until which it is supported."""
        until = self.version.supported_until if self.version else None
        return self.is_standing and until is not None and until < timezone.localdate()


class InstallationModule(models.Model):
    """A module of the product that is used there."""

    wall = tenant()

    installation = models.ForeignKey(Installation, models.CASCADE, related_name="module_rows", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    module = models.ForeignKey("catalog.Module", models.PROTECT, related_name="+")

    objects: "models.Manager[InstallationModule]" = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["installation", "module"], name="one_row_per_installed_module")]


class InstallationContact(models.Model):
    """Whom to ask about it and who updates it."""

    wall = tenant()

    installation = models.ForeignKey(Installation, models.CASCADE, related_name="contact_rows", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    objects: "models.Manager[InstallationContact]" = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["installation", "person"], name="one_row_per_contact")]
