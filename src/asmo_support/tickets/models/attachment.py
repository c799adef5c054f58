"""A file of a ticket. Its bytes lie under their hash; the name is for people only."""

from django.db import models
from django.utils import timezone

from asmo_support.lib.files import PICTURES
from asmo_support.tickets.models.message import SaidQuerySet
from asmo_support.wall.declare import tenant


class Attachment(models.Model):
    """Belongs to a ticket, and to the message, question or resolution it came with; else to the description."""

    wall = tenant(portal="SELECT, INSERT", rule="{own} AND NOT internal")

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="attachments", db_index=False)
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey("tickets.Message", models.CASCADE, null=True, related_name="attachments")
    resolution = models.ForeignKey("tickets.Resolution", models.CASCADE, null=True, related_name="attachments")
    request = models.ForeignKey("tickets.InformationRequest", models.CASCADE, null=True, related_name="attachments")
    internal = models.BooleanField(default=False)
    # A picture that stands among the words of its letter, marked there by its name.
    inline = models.BooleanField(default=False, db_default=False)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=120, default="application/octet-stream")
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    objects = SaidQuerySet["Attachment"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "id"], name="attachment_of_ticket"),
            models.Index(fields=["sha256"], name="attachment_by_hash"),
        ]

    @property
    def mark(self) -> str:
        """What stands in the words of the letter where the picture is."""
        return f"[{self.name}]"

    @property
    def can_be_shown(self) -> bool:
        """Only pictures of dots are: drawings in SVG are programs."""
        return self.inline and self.kind in PICTURES
