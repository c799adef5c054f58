"""Why a letter waits or was stopped: codes in the database, words for the desk here."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    # waits for a person
    "unknown-sender": _("Nobody with this address is known."),
    "known-domain": _("Nobody with this address is known, but its domain belongs to a customer."),
    "ambiguous-sender": _("The sender’s address can be read in more than one way."),
    "no-sender": _("It names no sender."),
    "from-the-desk": _("A letter of one of us: choose for whom to register it."),
    "staff-unproven": _("Says it is from one of us, and the mail server does not confirm it."),
    "staff-without-token": _("From one of us, but not an answer to a letter of ours."),
    "maybe-automatic": _("Its subject is that of a program, and nothing else is: it may be a person’s request."),
    "may-not-reply": _("The sender may not write in this ticket."),
    # could not be read
    "empty": _("There is nothing in it."),
    "letter-too-big": _("The letter is larger than we take; only its header is kept."),
    "headers-too-long": _("Its header is too long."),
    "header-line-too-long": _("A line of its header is too long."),
    "too-many-parts": _("It consists of too many parts."),
    "too-deep": _("Its parts lie too deep in each other."),
    "out-of-memory": _("Reading it takes too much memory."),
    "out-of-time": _("Reading it takes too long."),
    "crashed": _("Reading it fails."),
    "defective": _("It is damaged."),
    "failed": _("It could not be carried out, several times."),
    "again": _("It could not be carried out; it will be tried again."),
    "hard": _("Reading it takes longer than usual; it is read apart, so that it holds up nobody."),
    # set aside
    "spam": _("Somebody of the desk said that it is spam."),
    "blocked": _("The sender is blocked."),
    "automatic-reply": _("A program answered, or confirmed that our letter was read."),
    # stopped
    "own-address": _("The sender’s address is our own."),
    "same-words": _("The same words came again and again."),
    "too-many-in-ticket": _("Too many letters of one sender in one ticket within an hour."),
    "too-many-from-sender": _("Too many letters of one sender within an hour."),
    "copy": _("A second copy of a letter that is here already."),
}

# Whose letter it is cannot be said for certain.
UNSURE_OF_SENDER = frozenset({"ambiguous-sender", "no-sender"})


def words_for(reason: str) -> str:
    """The sentence for a code; the code itself when nobody has written one."""
    return str(WORDS.get(reason, reason))
