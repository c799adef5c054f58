"""Which of the known troubles an exception is: pure, from what libraries raise to a code of `channels.troubles`."""

import errno
import imaplib
import smtplib
import socket
import ssl

from imapclient.exceptions import CapabilityError, LoginError

from asmo_support.channels.email.oauth import NoTokenError
from asmo_support.lib.errors import Broken

_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "name"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (TimeoutError, "timeout"),
    (ConnectionRefusedError, "refused"),
    (ConnectionError, "closed"),
    (imaplib.IMAP4.readonly, "marks"),
    (imaplib.IMAP4.abort, "closed"),
    (smtplib.SMTPServerDisconnected, "closed"),
    (smtplib.SMTPAuthenticationError, "sign-in"),
    (LoginError, "sign-in"),
    (smtplib.SMTPNotSupportedError, "tls"),
    (CapabilityError, "tls"),
    (Broken, "secrets"),
)
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH})
_OURS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def code_of(problem: BaseException) -> str:
    """The code of the trouble; `other` when nobody has a sentence for it."""
    if isinstance(problem, NoTokenError):
        return problem.code
    if isinstance(problem, LoginError) and isinstance(problem.__context__, imaplib.IMAP4.abort | OSError):
        return "closed"  # it hung up while we signed in: that says nothing about the password
    for kind, code in _KINDS:
        if isinstance(problem, kind):
            return code
    if isinstance(problem, OSError):
        return "unreachable" if problem.errno in _NO_WAY else _of_files(problem)
    return "folder" if str(problem).lower().startswith("select failed") else "other"


def _of_files(problem: OSError) -> str:
    return "disk" if problem.filename or problem.errno in _OURS else "other"
