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
