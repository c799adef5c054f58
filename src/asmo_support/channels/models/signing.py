"""The key our letters are signed with. Its secret half lies here encrypted and is never shown."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asmo_support.wall.declare import system


class SigningKey(models.Model):
    """A DKIM key (RFC 6376). The newest is the one there is; older ones stay known, so that their records can go."""

    wall = system(desk="SELECT, INSERT, UPDATE")

    domain = models.CharField(max_length=253)
    selector = models.CharField(max_length=63)
    secret = models.TextField()
    # What the DNS record says of it: the public half in base64.
    public = models.TextField()
    active = models.BooleanField(default=False)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects: "models.Manager[SigningKey]" = models.Manager()
    journal_name = "signing-key"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["domain", "selector"], name="one_key_per_selector"),
            models.UniqueConstraint(fields=["active"], name="one_key_signs", condition=Q(active=True)),
        ]

    @property
    def journal_organization(self) -> None:
        return None

    @property
    def record_name(self) -> str:
        """Where the record stands in DNS."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def record(self) -> str:
        """What the record says, as one text; DNS servers cut it into pieces of 255 signs themselves."""
        return f"v=DKIM1; k=rsa; p={self.public}"
