"""What came in, what goes out, calls, and the servers it travels through: facts and constraints."""

from asmo_support.channels.models.arrival import Arrival, Thread
from asmo_support.channels.models.call import Call, Callback, Ring
from asmo_support.channels.models.delivery import Delivery
from asmo_support.channels.models.exchange import Exchange
from asmo_support.channels.models.link import OneTimeLink
from asmo_support.channels.models.sender import BlockedSender
from asmo_support.channels.models.server import Mailbox, SmtpServer

__all__ = [
    "Arrival", "BlockedSender", "Call", "Callback", "Delivery", "Exchange", "Mailbox", "OneTimeLink", "Ring",
    "SmtpServer", "Thread",
]  # fmt: skip
