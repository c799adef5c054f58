"""Real servers for whatever talks to one."""

from tests.parts.dovecot import dovecot
from tests.parts.mail import mailboxes
from tests.parts.smtp import smtp_sink

__all__ = ["dovecot", "mailboxes", "smtp_sink"]
