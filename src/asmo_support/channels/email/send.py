"""Sending what waits in the outbox: each letter locked while it travels, its fate written down whatever it is."""

import contextlib
import logging
import smtplib
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from asmo_support.channels import addresses, links, unsubscribing
from asmo_support.channels.email import folding, servers
from asmo_support.channels.email.bounces import mark_failed, storable
from asmo_support.channels.email.signing import Signer, signer
from asmo_support.channels.identity import Identity, identity
from asmo_support.channels.models import Delivery, Passage, SmtpServer
from asmo_support.channels.models.delivery import DeliveryQuerySet
from asmo_support.lib.errors import Broken

BATCH = 50
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 600, 1200, 2400, 3600, 7200, 14400, 28800))
# So often a letter is handed over without its fate being written down; then a person decides.
UNTOLD = 3
logger = logging.getLogger(__name__)


def drain(limit: int = BATCH) -> int:
    """Send what is due through one connection; the number of letters that were tried."""
    server = SmtpServer.objects.filter(active=True).first()
    if server is None:
        Delivery.objects.filter(state=Delivery.State.QUEUED).update(state=Delivery.State.KEPT)
        return 0
    if server.retry_at > timezone.now() or not _due().exists():
        return 0
    try:
        sign = signer()
        client = servers.smtp(server)
    except (*servers.SMTP_TROUBLE, Broken) as problem:
        logger.warning("Mail server %s: %s", server.host, problem)
        servers.went_wrong(server, problem)
        return 0
    try:
        tried = _send_all(server, client, sign, limit)
    except OSError as problem:
        servers.went_wrong(server, problem)
        return 0
    finally:
        client.close()
    servers.went_well(server)
    return tried


def message(delivery: Delivery, ours: Identity) -> EmailMessage:
    """The letter as it goes out. The policy refuses a header with a line end in it."""
    letter = EmailMessage(policy=folding.OUT)
    letter["From"] = Address(ours.from_name, addr_spec=ours.from_address)
    letter["To"] = Address(delivery.name, addr_spec=delivery.address)
    letter["Subject"] = delivery.subject
    letter["Date"] = format_datetime(delivery.created_at)
    letter["Message-ID"] = f"<{delivery.message_id}>"
    if delivery.reply_to:
        letter["Reply-To"] = Address(ours.from_name, addr_spec=delivery.reply_to)
    if chain := delivery.references.split():
        letter["In-Reply-To"] = f"<{chain[-1]}>"
        letter["References"] = " ".join(f"<{one}>" for one in chain)
    if delivery.automatic:
        letter["Auto-Submitted"] = "auto-generated"
    if leave := unsubscribing.address_of(delivery):
        letter["List-Unsubscribe"] = f"<{leave}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter["X-Auto-Response-Suppress"] = "All" if delivery.automatic else "OOF, AutoReply"
    letter.set_content(_filled(delivery.text, delivery), cte="quoted-printable")
    if delivery.html:
        letter.add_alternative(_filled(delivery.html, delivery), subtype="html", cte="quoted-printable")
    return letter


def _filled(text: str, delivery: Delivery) -> str:
    """With the keys that only the reader gets."""
    return unsubscribing.filled(links.filled(text, delivery), delivery)


def _send_all(server: SmtpServer, client: smtplib.SMTP, sign: Signer, limit: int) -> int:
    """Many servers take only so many letters by one connection: one that hangs up after some of them is called again at
    once, one that hangs up on the first is left alone for a while.
    """
    ours, tried = identity(), 0
    while tried < limit:
        try:
            is_one = _send_next(server, client, sign, ours, is_first=not tried)
        except OSError:  # which every trouble of SMTP is, too
            return tried
        if not is_one:
            break
        if client.sock is None:
            raise smtplib.SMTPServerDisconnected("The server has closed the connection.")
        tried += 1
    with contextlib.suppress(OSError):
        client.quit()
    return tried


def _due() -> DeliveryQuerySet:
    return Delivery.objects.filter(state=Delivery.State.QUEUED, due_at__lte=timezone.now())


def _send_next(server: SmtpServer, client: smtplib.SMTP, sign: Signer, ours: Identity, *, is_first: bool) -> bool:
    """Whether there was one. A try is written down before it is made: a fate that cannot be written costs a pause, and
    after a few of them the letter waits for a person instead of going out for ever (EO-06).
    """
    delivery = _begin()
    if delivery is None:
        return False
    if delivery.is_on_its_way:
        try:
            _hand_over(delivery.pk, server, client, sign, ours, is_first=is_first)
        except DatabaseError:
            logger.exception("The fate of letter %s could not be written down", delivery.pk)
            later = timezone.now() + PAUSES[delivery.untold - 1]
            Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.QUEUED).update(due_at=later)
    return True


@transaction.atomic
def _begin() -> Delivery | None:
    """The next letter, with one more try whose end nobody knows yet; or with its end, if it is not to be tried."""
    waiting = _due().select_for_update(skip_locked=True, of=("self",)).select_related("ticket")
    delivery = waiting.order_by("due_at", "id").first()
    if delivery is None:
        return None
    if delivery.untold >= UNTOLD:
        Passage.objects.create(delivery=delivery, kind=Passage.Kind.UNKNOWN)
        mark_failed(delivery, Delivery.State.UNKNOWN)
        return delivery
    if bad := addresses.stops(delivery):
        delivery.answer = bad.answer
        Passage.objects.create(delivery=delivery, kind=Passage.Kind.UNSENT)
        mark_failed(delivery, Delivery.State.UNSENT)
        return delivery
    delivery.untold += 1
    delivery.save(update_fields=["untold"])
    return delivery


@transaction.atomic
def _hand_over(
    key: int, server: SmtpServer, client: smtplib.SMTP, sign: Signer, ours: Identity, *, is_first: bool
) -> None:
    """The lock lasts until the fate is written. A crash after the server's yes repeats the letter under the same
    Message-ID; none is ever left out (EO-01).
    """
    waiting = _due().select_for_update(skip_locked=True, of=("self",)).select_related("ticket", "link")
    delivery = waiting.filter(pk=key).first()
    if delivery is None:
        return  # somebody else has taken it since
    try:
        raw = sign(message(delivery, ours).as_bytes())
        client.sendmail(server.envelope or ours.from_address, [delivery.address], raw)
    except (OSError, ValueError) as problem:
        if not isinstance(problem, smtplib.SMTPException | ValueError):
            client.close()
        if client.sock is None and not is_first:
            raise  # the connection has ended, not necessarily because of this letter: it is no try
        _refused(delivery, *_answer(problem, delivery.address))
    else:
        _sent(delivery)


def _answer(problem: Exception, address: str) -> tuple[int, bytes | str]:
    """What the server says of this letter. All trouble of SMTP is an OSError: the order matters."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return problem.recipients[address]
    if isinstance(problem, smtplib.SMTPSenderRefused):
        # It is us it does not want: a fault of the settings must not end every letter there is.
        return 451, servers.words_for(problem)
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code, problem.smtp_error
    if isinstance(problem, ValueError | smtplib.SMTPNotSupportedError):
        return 553, str(problem)
    return 421, servers.words_for(problem)


def _sent(delivery: Delivery) -> None:
    delivery.state, delivery.sent_at, delivery.answer = Delivery.State.SENT, timezone.now(), "250"
    delivery.attempts, delivery.untold = delivery.attempts + 1, 0
    Passage.objects.create(delivery=delivery, kind=Passage.Kind.SENT, answer=delivery.answer)
    if delivery.secret:
        delivery.text = delivery.html = ""
    delivery.save(update_fields=["state", "sent_at", "answer", "attempts", "untold", "text", "html"])


def _refused(delivery: Delivery, code: int, words: bytes | str) -> None:
    """Later when the server says later; never when it says no, or has said later too often."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    delivery.answer = storable(f"{code} {text}")
    delivery.attempts, delivery.untold = delivery.attempts + 1, 0
    ends = code >= 500 or delivery.attempts > len(PAUSES)
    kind = Passage.Kind.REFUSED if ends else Passage.Kind.LATER
    Passage.objects.create(delivery=delivery, kind=kind, answer=delivery.answer)
    if ends:
        mark_failed(delivery, Delivery.State.FAILED)
        return
    delivery.due_at = timezone.now() + PAUSES[delivery.attempts - 1]
    delivery.save(update_fields=["answer", "attempts", "untold", "due_at"])
