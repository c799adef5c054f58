"""Senders whose doubtful letters nobody wants to see again."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from asmo_support.people.models import User
from asmo_support.wall.declare import system


class BlockedSenderQuerySet(models.QuerySet["BlockedSender"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_staff else self.none()


class BlockedSender(models.Model):
    """An address whose letters are set aside instead of waiting for a person. They are kept all the same."""

    wall = system(desk="SELECT, INSERT, DELETE")

    address = models.CharField(max_length=254, unique=True)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    # The letter that was the last straw.
    arrival = models.ForeignKey("channels.Arrival", models.SET_NULL, null=True, related_name="+", db_index=False)

    objects = BlockedSenderQuerySet.as_manager()
    journal_name = "blocked-sender"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="blocked_address_is_canonical", condition=Q(address=Lower("address")) & ~Q(address="")
            ),
        ]

    @property
    def journal_organization(self) -> int | None:
        return None
