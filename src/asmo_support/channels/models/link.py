"""What a letter asks one person to decide, with the keys of its one-time links."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asmo_support.wall.declare import tenant


class OneTimeLinkQuerySet(models.QuerySet["OneTimeLink"]):
    def whole(self) -> Self:
        """With everything its page shows."""
        return self.select_related("ticket", "person__organization")


class OneTimeLink(models.Model):
    """One person's right to decide about one thing of a ticket without signing in.

    The key of the address is made of this row and the secret of the installation when the letter is sent: it lies
    nowhere. Whatever is decided about the thing, by whomever and in whatever way, ends it.
    """

    wall = tenant(portal="SELECT, UPDATE")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.User", models.PROTECT, related_name="+", db_index=False)
    # A line of the table in `channels.links`, and the number of the thing within the ticket.
    kind = models.CharField(max_length=20)
    n = models.IntegerField()
    nonce = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_to = models.CharField(max_length=10, default="", blank=True)

    objects = OneTimeLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind", "n", "person"], name="one_link_per_person_and_thing"),
            models.CheckConstraint(name="used_link_says_to_what", condition=Q(used_at__isnull=True) | ~Q(used_to="")),
        ]
