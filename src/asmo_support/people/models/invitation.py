"""A link by which a person sets the first password."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import tenant

if TYPE_CHECKING:
    from asmo_support.people.models.user import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_staff else self.filter(organization__in=user.organization_ids)

    def open(self) -> Self:
        """Neither used nor withdrawn; the link may have run out and can be asked for anew."""
        return self.filter(used_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """Made by whoever invites; the link is made when its letter is written and kept only as a hash."""

    wall = tenant(portal="SELECT, INSERT, UPDATE")

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("invitation", "invited")
        EXPIRED = "expired", pgettext_lazy("invitation", "the link has run out")
        USED = "used", pgettext_lazy("invitation", "accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")

    person = models.ForeignKey("people.User", models.CASCADE, related_name="invitations")
    organization = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    digest = models.CharField(max_length=64, null=True, unique=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()
    journal_name = "invitation"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="one_open_invitation", condition=Q(used_at=None, withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="invitation_ends_once", condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(name="invitation_expires", condition=Q(expires_at__gt=F("at"))),
        ]

    @property
    def journal_organization(self) -> int | None:
        return self.organization_id

    @property
    def state(self) -> str:
        if self.used_at or self.withdrawn_at:
            return self.State.USED if self.used_at else self.State.WITHDRAWN
        return self.State.SENT if self.expires_at > timezone.now() else self.State.EXPIRED

    @property
    def is_live(self) -> bool:
        return self.state == self.State.SENT
