"""Real servers for whatever talks to one, and a world that other processes see."""

from tests.config.conftest import empty_home
from tests.parts.clock import clock
from tests.parts.dovecot import dovecot
from tests.parts.mail import mailboxes
from tests.parts.smtp import smtp_sink
from tests.parts.world import open_world

__all__ = ["clock", "dovecot", "empty_home", "mailboxes", "open_world", "smtp_sink"]
