"""Talking to mail servers: who they are, how to sign in, what to remember of how they do."""

import contextlib
import imaplib
import smtplib
import socket
import ssl
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from asmo_support.channels.email import oauth
from asmo_support.channels.email.diagnosis import code_of
from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.channels.models.server import Security, Server, SignIn
from asmo_support.channels.secrets import unseal
from asmo_support.lib.text import first_words

CONNECT_SECONDS, READ_SECONDS = 10, 45
LONGEST_PAUSE = timedelta(minutes=5)
GOOD_EVERY = timedelta(seconds=10)
IMAP_TROUBLE = (IMAPClientError, imaplib.IMAP4.error, OSError, ssl.SSLError)
STORED = b"$AsmoStored"
MARKS = (b"\\Seen", STORED)
SMTP_TROUBLE = (smtplib.SMTPException, OSError, ssl.SSLError)


class Connection(IMAPClient):  # type: ignore[misc]
    """A connection that knows which marks the folder takes."""

    marks: tuple[bytes, ...] = MARKS[:1]


@dataclass(frozen=True, slots=True)
class Key:
    """What one signs in with, taken out of the database beforehand: an access token, or else a password."""

    user: str
    password: str = ""
    token: str = ""


def key_of(server: Server) -> Key:
    """Raises Broken when there is none."""
    if server.sign_in == SignIn.OAUTH2:
        return Key(server.user, token=oauth.access(server))
    return Key(server.user, password=unseal(server.password))


def imap(mailbox: Mailbox, key: Key) -> Connection:
    """A signed-in connection. Raises one of IMAP_TROUBLE."""
    client = connected(mailbox)
    try:
        enter(client, key)
    except IMAP_TROUBLE:
        with contextlib.suppress(*IMAP_TROUBLE):
            client.shutdown()
        raise
    return client


def enter(client: Connection, key: Key) -> None:
    """Sign in."""
    if key.token:
        client.oauth2_login(key.user, key.token)
    else:
        client.login(key.user, key.password)


def connected(mailbox: Mailbox) -> Connection:
    """A connection, protected as chosen; nobody has signed in yet."""
    client = Connection(
        mailbox.host,
        mailbox.port,
        ssl=mailbox.security == Security.TLS,
        ssl_context=ssl.create_default_context(),
        timeout=SocketTimeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
    )
    client.normalise_times = False
    if mailbox.security == Security.STARTTLS:
        client.starttls(ssl.create_default_context())
    return client


def smtp(server: SmtpServer) -> smtplib.SMTP:
    """A signed-in connection. Raises one of SMTP_TROUBLE, or Broken when there is nothing to sign in with."""
    key = key_of(server) if server.user else None
    name = socket.getfqdn() if socket.getfqdn().isascii() else "localhost"
    if server.security == Security.TLS:
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=READ_SECONDS, context=ssl.create_default_context()
        )
    else:
        client = smtplib.SMTP(server.host, server.port, name, timeout=READ_SECONDS)
    if server.security == Security.STARTTLS:
        client.starttls(context=ssl.create_default_context())
    if key and key.token:
        client.ehlo_or_helo_if_needed()
        said = f"user={key.user}\1auth=Bearer {key.token}\1\1"
        # A refusal comes as a question, which is answered with nothing.
        client.auth("XOAUTH2", lambda asked=None: said if asked is None else "")
    elif key:
        client.login(key.user, key.password)
    return client


def went_well(server: Server) -> None:
    """The server answered as it should. Written down now and then, and at once after trouble."""
    now = timezone.now()
    if not server.failures and server.good_at and now - server.good_at < GOOD_EVERY:
        return
    server.good_at, server.error, server.trouble, server.failures, server.failing_since = now, "", "", 0, None
    server.save(update_fields=["good_at", "error", "trouble", "failures", "failing_since"])


def went_wrong(server: Server, problem: Exception) -> None:
    """Wait longer each time, up to five minutes; who looks sees since when and why."""
    now = timezone.now()
    server.failures += 1
    server.failing_since = server.failing_since or now
    server.error, server.trouble = first_words(words_for(problem), 500), code_of(problem)
    if server.trouble == "sign-in" and server.sign_in == SignIn.OAUTH2:
        server.trouble = "token-refused"
        oauth.forget(server)
    server.retry_at = now + min(timedelta(seconds=2 ** min(server.failures, 10)), LONGEST_PAUSE)
    server.save(update_fields=["failures", "failing_since", "error", "trouble", "retry_at"])


def words_for(problem: Exception) -> str:
    """What went wrong, as the server or the system says it. Passwords are never part of it."""
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {_text(problem.smtp_error)}"
    if isinstance(problem, TimeoutError):
        return "The server does not answer in time."
    return str(problem) or type(problem).__name__


def _text(value: bytes | str) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
