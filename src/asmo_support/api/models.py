"""What the door remembers of the programs that came through it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User

# As long as a careful client repeats what it got no answer to.
REMEMBERED = timedelta(days=7)


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    def known(self, user: "User", key: str) -> Self:
        """The row of this person's key, while it is remembered."""
        return self.filter(user=user, key=key, at__gt=timezone.now() - REMEMBERED)

    def remember(self, user: "User", key: str, fingerprint: str, *, status: int, answer: str) -> None:
        """Keep the answer of a deed in the deed's own transaction; what is too old goes."""
        self.filter(user=user, at__lte=timezone.now() - REMEMBERED).delete()
        row = self.model(user=user, organization_id=user.organization_id, key=key, fingerprint=fingerprint)
        row.status, row.answer = status, answer
        row.save(force_insert=True)


class IdempotencyKey(models.Model):
    """A key that a program named for its deed, with the answer it got. Another person's same key is another key."""

    wall = tenant(portal="SELECT, INSERT, DELETE")

    user = models.ForeignKey("people.User", models.CASCADE, related_name="+", db_index=False)
    organization = models.ForeignKey("people.Organization", models.CASCADE, null=True, related_name="+", db_index=False)
    key = models.CharField(max_length=255)
    # What was asked: method, address and body.
    fingerprint = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    answer = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]
