"""Addresses our letters do not reach."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from asmo_support.people.models import User
from asmo_support.wall.declare import system


class BadAddressQuerySet(models.QuerySet["BadAddress"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_staff else self.none()


class BadAddress(models.Model):
    """An address from which a letter came back, until somebody says that it works again."""

    wall = system(desk="SELECT, DELETE")

    address = models.CharField(max_length=254, unique=True)
    since = models.DateTimeField(default=timezone.now)
    # What the mail server said last.
    answer = models.TextField(default="", blank=True)
    # Nobody is there: nothing is sent to it. A full box or a refused text is not the address.
    hard = models.BooleanField(default=False, db_default=False)
    delivery = models.ForeignKey("channels.Delivery", models.SET_NULL, null=True, related_name="+", db_index=False)

    objects = BadAddressQuerySet.as_manager()
    journal_name = "bad-address"

    class Meta:
        verbose_name_plural = "bad addresses"
        constraints = [
            models.CheckConstraint(name="bad_address_is_canonical", condition=Q(address=Lower("address"))),
        ]

    @property
    def journal_organization(self) -> int | None:
        return None
