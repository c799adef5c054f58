"""A telephone exchange that tells us of its calls. Only the hash of its address lies here."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asmo_support.wall.declare import system


class Exchange(models.Model):
    """One exchange with its address. `minute` and `heard` count its events, so that a wild one is stopped."""

    wall = system(desk="SELECT, INSERT, UPDATE")

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    heard = models.IntegerField(default=0)

    objects: "models.Manager[Exchange]" = models.Manager()
    journal_name = "exchange"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="one_exchange_of_a_name", condition=Q(revoked_at=None)),
            models.CheckConstraint(name="exchange_has_name", condition=~Q(name="")),
        ]

    @property
    def journal_organization(self) -> None:
        return None
