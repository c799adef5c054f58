"""Many letters to be treated once more, because what stopped all of them has been mended."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asmo_support.wall.declare import system


class Rework(models.Model):
    """All letters of one side that one cause stopped. The worker goes through them step by step."""

    wall = system(desk="SELECT, INSERT")

    class Side(models.TextChoices):
        IN = "in"
        OUT = "out"

    side = models.CharField(max_length=3, choices=Side.choices)
    # The reason letters could not be read, or the answer of the server that did not take them.
    cause = models.TextField()
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    total = models.IntegerField()
    # The last letter that was there when it was asked for: what fails anew is not taken again.
    through = models.BigIntegerField()
    reached = models.BigIntegerField(default=0)
    done = models.IntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    objects: "models.Manager[Rework]" = models.Manager()
    journal_name = "rework"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["side", "cause"], name="one_rework_at_once", condition=Q(ended_at=None)),
        ]

    @property
    def journal_organization(self) -> int | None:
        return None
