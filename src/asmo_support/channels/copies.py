"""Letters as files for the desk: what was sent, without what is its reader's alone."""

from django.utils.translation import gettext as _

from asmo_support.channels.email.send import message
from asmo_support.channels.identity import identity
from asmo_support.channels.models import Delivery


def copy_of(delivery: Delivery) -> bytes:
    """The letter as it was or would be sent. Its links stay blank; a text that holds a key is left out."""
    # In memory only: without its link nothing is filled in.
    delivery.link, delivery.notice = None, ""
    if delivery.secret:
        delivery.text, delivery.html = _("(The text holds a one-time link and is its reader’s alone.)"), ""
    return message(delivery, identity()).as_bytes()
