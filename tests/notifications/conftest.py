"""Letters are compared in Russian, so the catalogues have to be there before anything is said."""

from asmo_support.config import messages
from tests.parts.smtp import smtp_sink

__all__ = ["smtp_sink"]

messages.compile_all()
