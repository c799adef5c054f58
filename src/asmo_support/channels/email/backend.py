"""Django's own letters (a forgotten password, a changed sign-in) go the way of all letters: through the outbox."""

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from asmo_support.channels.outbox import Draft, post
from asmo_support.people.models import User, canonical_email


class OutboxBackend(BaseEmailBackend):
    """Rows instead of a connection. They hold links and codes, so only the administrator may read them here."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._post(one) for one in email_messages)

    def _post(self, letter: EmailMessage) -> int:
        html = next((str(one[0]) for one in getattr(letter, "alternatives", ()) if one[1] == "text/html"), "")
        written = 0
        for address in letter.recipients():
            person = User.objects.filter(email=canonical_email(address)).first()
            draft = Draft(
                address=person.email if person else address,
                name=person.name if person else "",
                recipient=person,
                kind="account",
                subject=str(letter.subject),
                text=str(letter.body),
                html=html,
                secret=True,
            )
            written += post(draft) is not None
        return written
