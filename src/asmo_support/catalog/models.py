"""What we serve. Retired entries stay for old tickets and are no longer offered."""

from typing import Self, TypeVar

from django.db import models

from asmo_support.wall.declare import shared

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class CatalogQuerySet(models.QuerySet[Row_co]):
    def offered(self) -> Self:
        return self.filter(retired=False).order_by("name", "id")


class Service(models.Model):
    """One line of the composition of the service (состав услуги)."""

    wall = shared()

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    retired = models.BooleanField(default=False)

    objects = CatalogQuerySet["Service"].as_manager()


class Product(models.Model):
    wall = shared()

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    retired = models.BooleanField(default=False)

    objects = CatalogQuerySet["Product"].as_manager()


class Module(models.Model):
    """A part of a product."""

    wall = shared()

    product = models.ForeignKey(Product, models.PROTECT, related_name="modules")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    retired = models.BooleanField(default=False)

    objects = CatalogQuerySet["Module"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "code"], name="one_module_per_code")]


class Version(models.Model):
    """A released version of a product: what is installed at customers, and until when it is supported."""

    wall = shared()

    product = models.ForeignKey(Product, models.PROTECT, related_name="versions", db_index=False)
    name = models.CharField(max_length=60)
    released_on = models.DateField(null=True)
    supported_until = models.DateField(null=True)
    retired = models.BooleanField(default=False)

    objects = CatalogQuerySet["Version"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "name"], name="one_version_per_name"),
            models.CheckConstraint(
                name="version_supported_after_release",
                condition=models.Q(supported_until__isnull=True)
                | models.Q(released_on__isnull=True)
                | models.Q(supported_until__gte=models.F("released_on")),
            ),
        ]


class RequestType(models.Model):
    """A usual request in the customer's words: what choosing it fills in at registration."""

    wall = shared()

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    hint = models.TextField(default="", blank=True)
    kind = models.CharField(max_length=12)
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    standard = models.BooleanField(default=True)
    retired = models.BooleanField(default=False)

    objects = CatalogQuerySet["RequestType"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="request_type_has_a_name", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="request_type_has_a_kind", condition=models.Q(kind__in=["bug", "consultation", "change"])
            ),
        ]

    @property
    def fills(self) -> dict[str, str | int | None]:
        """What the form of registration begins with when this is chosen."""
        return {"type": self.code, "kind": self.kind, "service": self.service_id, "product": self.product_id}
