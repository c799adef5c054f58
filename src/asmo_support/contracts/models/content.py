"""What is written in a contract: products and modules, licences, norms of its own, documents."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asmo_support.contracts.models.contract import FAMILY
from asmo_support.wall.declare import tenant


class ContractModule(models.Model):
    """A product the contract is about; without a module, the whole of it. A contract without any is about all."""

    wall = tenant(rule=FAMILY)

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="scope", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+")
    module = models.ForeignKey("catalog.Module", models.PROTECT, null=True, related_name="+")

    objects: "models.Manager[ContractModule]" = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "product", "module"], name="one_line_per_module", nulls_distinct=False
            )
        ]


class Licence(models.Model):
    """What was delivered: how many, which edition, under which functional specification."""

    wall = tenant(rule=FAMILY)

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="licences")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+")
    edition = models.CharField(max_length=100, default="", blank=True)
    count = models.IntegerField(default=1)
    specification = models.CharField(max_length=300, default="", blank=True)

    objects: "models.Manager[Licence]" = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="licence_counts_something", condition=Q(count__gt=0))]


class ContractNorm(models.Model):
    """What this contract promises in one case instead of the regulation: null is as there, 0 is no promise."""

    wall = tenant(rule=FAMILY)

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="norms", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12)
    critical = models.BooleanField(default=False)
    standard = models.BooleanField(default=True)
    reaction_minutes = models.IntegerField(null=True)
    resolution_minutes = models.IntegerField(null=True)
    planned = models.BooleanField(default=False)
    update_minutes = models.IntegerField(null=True)

    objects: "models.Manager[ContractNorm]" = models.Manager()

    class Meta:
        ordering = ["kind", "-critical", "-standard"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "kind", "critical", "standard"], name="one_own_norm_per_case"),
            models.CheckConstraint(
                name="own_norm_is_positive",
                condition=(Q(reaction_minutes__isnull=True) | Q(reaction_minutes__gte=0))
                & (Q(resolution_minutes__isnull=True) | Q(resolution_minutes__gte=0))
                & (Q(update_minutes__isnull=True) | Q(update_minutes__gte=0)),
            ),
            models.CheckConstraint(
                name="own_norm_or_planned_date", condition=Q(planned=False) | Q(resolution_minutes__isnull=True)
            ),
            models.CheckConstraint(name="own_critical_is_a_bug", condition=Q(critical=False) | Q(kind="bug")),
        ]

    @property
    def named(self) -> frozenset[str]:
        """Which promises are the contract's own words: reaction, resolution, update."""
        said = {
            "reaction": self.reaction_minutes is not None,
            "resolution": self.planned or self.resolution_minutes is not None,
            "update": self.update_minutes is not None,
        }
        return frozenset(name for name, is_said in said.items() if is_said)


class ContractFile(models.Model):
    """A document of the contract; its bytes lie with the attachments, named by their hash."""

    wall = tenant()

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="files")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=150)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    objects: "models.Manager[ContractFile]" = models.Manager()

    class Meta:
        ordering = ["id"]
