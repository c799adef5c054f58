"""Letting a person in: a letter with a link, which works once and for a day and can be sent again or withdrawn."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.people.actions.people import is_quiet
from asmo_support.people.actions.tokens import digest
from asmo_support.people.models import Invitation, User

LIFE = timedelta(hours=24)
# A person who asks for the link anew gets at most one letter in this time.
PAUSE = timedelta(minutes=5)


@transaction.atomic
def invite(person: User, *, by: User | None) -> Invitation:
    """Send a letter with a new link, in the person's language; the link before it opens nothing any more."""
    person.refresh_from_db(from_queryset=User.objects.select_for_update())
    if not person.is_active:
        raise Refused(_("%(name)s is shut out. Let them in first.") % {"name": person.name})
    now = timezone.now()
    Invitation.objects.open().filter(person=person).update(withdrawn_at=now)
    made = Invitation(person=person, organization_id=person.organization_id, by=by, at=now, expires_at=now + LIFE)
    made.save(force_insert=True)
    record(person, "user.invited", by=by, internal=is_quiet(by), invitation=made.pk, address=person.email)
    return made


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """The link opens nothing from now on; the person stays in the list and can be invited again."""
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    if invitation.used_at or invitation.withdrawn_at:
        raise Conflict(_("This invitation is over already."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(invitation.person, "user.invitation-withdrawn", by=by, internal=is_quiet(by), invitation=invitation.pk)


@transaction.atomic
def seal(invitation: Invitation) -> str:
    """Make the link's secret while its letter is written: 256 random bits, which are only here and in the letter."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    invitation.digest, invitation.expires_at = digest(token), now + LIFE
    invitation.save(update_fields=["digest", "expires_at"])
    return token


@transaction.atomic
def accept(token: str, password: str) -> User:
    """Set the first password by the link of a letter. The link is used up by it, older sessions end."""
    invitation = known(token, lock=True)
    if invitation is None or not invitation.is_live:
        raise Refused(_("This link does not work any more. Ask for a new one."))
    person = invitation.person
    person.password = make_password(password)
    person.save(update_fields=["password"])
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    record(person, "user.joined", by=person, internal=False, invitation=invitation.pk)
    return person


@transaction.atomic
def ask_again(token: str) -> None:
    """Whoever holds a link that ran out gets a new one, at the address it was sent to and nowhere else."""
    invitation = known(token, lock=True)
    if invitation is None or invitation.state != Invitation.State.EXPIRED:
        return
    if not Invitation.objects.filter(person=invitation.person, at__gt=timezone.now() - PAUSE).exists():
        invite(invitation.person, by=None)


def known(token: str, *, lock: bool = False) -> Invitation | None:
    """The invitation of a link, whatever became of it; of a person who may come in."""
    if not token:
        return None
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects.all()
    found: Invitation | None = rows.select_related("person").filter(digest=digest(token)).first()
    return found if found and found.person.is_active else None
