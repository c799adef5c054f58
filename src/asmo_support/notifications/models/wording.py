"""The words around the facts of a letter, as the administrator wrote them: each version stays."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asmo_support.wall.declare import system


class Wording(models.Model):
    """A version of the texts of one letter in one language. The newest holds; `is_own` says it is not the default."""

    wall = system(desk="SELECT, INSERT")

    # A line of the table in `notifications.forms`.
    form = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    n = models.IntegerField()
    is_own = models.BooleanField(default=True)
    subject = models.CharField(max_length=200, default="", blank=True)
    greeting = models.TextField(default="", blank=True)
    intro = models.TextField(default="", blank=True)
    closing = models.TextField(default="", blank=True)
    signature = models.TextField(default="", blank=True)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects: "models.Manager[Wording]" = models.Manager()
    journal_name = "wording"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "language", "n"], name="one_wording_per_version"),
            models.CheckConstraint(name="own_wording_has_subject", condition=Q(is_own=False) | ~Q(subject="")),
        ]

    @property
    def journal_organization(self) -> None:
        return None
