"""When the words of a reply are a verdict: which thing they answer, and whether anything about the letter is doubtful.

    the sender    passed the table of identity in `route` as a participant, sees the ticket, is no one of the desk
    the letter    no program wrote it, and our mail server did not find it forged
    the thing     the nearest letter of ours that it answers asked for this verdict, and it still waits for one; an
                  answer that names no letter of ours counts only while there has been but one thing to decide
    the words     certain (`verdicts`)

Anything less stays a message, and the page of the ticket tells the agent what it looks like.
"""

from asmo_support.channels import links
from asmo_support.channels.email import verdicts
from asmo_support.channels.email.letter import Letter
from asmo_support.channels.email.verdicts import Meaning
from asmo_support.channels.links import Said, Voice
from asmo_support.channels.models import Delivery
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import State

_IDS = 60
_TRUSTED = frozenset({"", "none", "pass"})


def decide(letter: Letter, ticket: Ticket, voice: Voice) -> bool:
    """Carry out what a reply to a locked ticket decides, if anything; its words are in the ticket already."""
    reading = verdicts.read(letter.visible_text, name=voice.by.name)
    if reading.meaning not in {Meaning.ACCEPT, Meaning.RETURN} or not _believed(letter, ticket, voice.by):
        return False
    asked = _asked(letter, ticket)
    if asked is None or not links.KINDS[asked[0]].is_open(ticket, asked[1]):
        return False
    kind = links.KINDS[asked[0]]
    if reading.meaning is Meaning.ACCEPT:
        kind.accept(ticket, asked[1], voice)
        return True
    # A counter-offer names a day; words are not trusted with days.
    if kind.asks != {"reason"}:
        return False
    kind.send_back(ticket, asked[1], voice, Said(reason=reading.reason))
    return True


def _believed(letter: Letter, ticket: Ticket, person: User) -> bool:
    """Stricter than joining a ticket: whatever our mail server found forged only speaks."""
    if person.is_staff or letter.is_machine or not letter.verified_syntax or letter.auth.dmarc not in _TRUSTED:
        return False
    return Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()


def _asked(letter: Letter, ticket: Ticket) -> tuple[str, int] | None:
    """What the letter of ours that is answered asked to decide."""
    ids = list(letter.thread_ids)[:_IDS]
    ours = Delivery.objects.filter(ticket=ticket, message_id__in=ids, internal=False).select_related("link")
    known = {one.message_id: one.link for one in ours}
    nearest = next((known[one] for one in ids if one in known), None)
    if known:
        return (nearest.kind, nearest.n) if nearest else None
    return (links.RESOLUTION, 1) if _only_one(ticket) else None


def _only_one(ticket: Ticket) -> bool:
    return ticket.state == State.REVIEW and ticket.resolutions.count() == 1
