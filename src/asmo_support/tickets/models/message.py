"""A word said in a ticket: public, or a note for the desk alone."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.utils import timezone

from asmo_support.tickets.states import Channel
from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models import User


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class SaidQuerySet(models.QuerySet[Row_co]):
    def visible_to(self, user: "User") -> Self:
        """Rows of tickets one may see; internal ones only for staff."""
        if user.is_staff:
            return self
        return self.filter(organization__in=user.organization_ids, internal=False)


class FirstLetter(models.Model):
    """All the words of the letter a ticket was opened by, when its description holds only their beginning."""

    wall = tenant(portal="SELECT")

    ticket = models.OneToOneField("tickets.Ticket", models.CASCADE, related_name="first_letter")
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    words = models.TextField()


class Message(models.Model):
    wall = tenant(portal="SELECT, INSERT", rule="{own} AND NOT internal")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="messages", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    internal = models.BooleanField(default=False)
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.WEB)
    text = models.TextField()
    # The whole letter, when more stands in it than the new words; lists and the talk do not read it.
    whole = models.TextField(default="", db_default="", blank=True)
    is_cut = models.BooleanField(default=False, db_default=False)
    # False when our mail server, asked about the sender of the letter, did not confirm it. Nothing else is doubted.
    proven = models.BooleanField(default=True, db_default=True)
    at = models.DateTimeField(default=timezone.now)
    # The letter it came by, one entry per letter, ever.
    arrival_id = models.BigIntegerField(null=True, unique=True)

    objects = SaidQuerySet["Message"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="message_of_ticket")]
        constraints = [models.CheckConstraint(name="message_says_something", condition=~models.Q(text=""))]
