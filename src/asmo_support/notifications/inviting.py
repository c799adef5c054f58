"""The letter that lets a person in. Its link exists only here and in the letter."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from asmo_support.channels.outbox import Draft, post
from asmo_support.journal.models import Event
from asmo_support.notifications.composing import tidy
from asmo_support.notifications.facts import moment
from asmo_support.notifications.forms import CUSTOMER, DESK, FORMS, INVITED
from asmo_support.notifications.values import of_invitation
from asmo_support.notifications.wordings import filled
from asmo_support.people.actions.invitations import seal
from asmo_support.people.models import Invitation


def send(event: Event) -> None:
    """Write the letter of an invitation that still stands, in the language of whoever is invited."""
    rows = Invitation.objects.open().select_related("person", "by", "organization")
    invitation = rows.filter(pk=event.data["invitation"], digest=None).first()
    if invitation is None or not invitation.person.is_active:
        return
    person = invitation.person
    with translation.override(person.language):
        texts = filled(
            FORMS[f"{DESK if person.is_staff else CUSTOMER}-{INVITED}"], person.language, of_invitation(invitation)
        )
        page = {
            "texts": texts,
            "person": person,
            "by": invitation.by,
            "organization": invitation.organization,
            # The secret is made first: the time counts from it.
            "link": f"{settings.SITE_URL}/accounts/invitation/{seal(invitation)}/",
            "until": moment(invitation.expires_at),
        }
        draft = Draft(
            address=person.email,
            name=person.name,
            recipient=person,
            kind="account",
            subject=texts.subject,
            text=tidy(render_to_string("notifications/invitation.txt", page)),
            secret=True,
        )
    post(draft, event_id=event.pk)
