"""The addresses that are ours: what letters are from, where answers go, what we never write to."""

from dataclasses import dataclass

from django.conf import settings

from asmo_support.channels.models import Mailbox, SmtpServer


@dataclass(frozen=True, slots=True)
class Identity:
    """How we appear in letters."""

    from_address: str
    from_name: str
    answers_to: str
    own: frozenset[str]

    @property
    def domain(self) -> str:
        return self.from_address.rpartition("@")[2]

    def is_own(self, address: str) -> bool:
        """Whether a letter to this address would come in at our own door, with or without a mark in it."""
        return without_mark(address) in self.own


def identity() -> Identity:
    """Read from the settings of the servers; without any, the address of the installation."""
    server = SmtpServer.objects.filter(active=True).first()
    mailboxes = list(Mailbox.objects.filter(active=True).order_by("id"))
    first = mailboxes[0].address if mailboxes else ""
    from_address = server.from_address if server else first or settings.DEFAULT_FROM_EMAIL
    taken = {without_mark(one) for mailbox in mailboxes for one in mailbox.addresses}
    # Answers come to where letters are from, if that is a mailbox of ours; else to the first one.
    answers_to = from_address if without_mark(from_address) in taken else first
    named = {from_address, *(one for mailbox in mailboxes for one in mailbox.addresses)}
    if server and server.envelope:
        named.add(server.envelope)
    return Identity(
        from_address=from_address,
        from_name=server.from_name if server and server.from_name else "АСМО-поддержка",
        answers_to=answers_to or from_address,
        own=frozenset(without_mark(one) for one in named),
    )


def without_mark(address: str) -> str:
    """The address in one form, without what follows a plus: `Support+t1.x@V.ru` is `support@v.ru`."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
