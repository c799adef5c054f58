"""What came in, what goes out, calls, and the servers it travels through: facts and constraints."""

from asmo_support.channels.models.address import BadAddress
from asmo_support.channels.models.arrival import Arrival, Thread
from asmo_support.channels.models.call import Call, Callback, Ring
from asmo_support.channels.models.delivery import Delivery
from asmo_support.channels.models.exchange import Exchange
from asmo_support.channels.models.link import OneTimeLink
from asmo_support.channels.models.passage import Passage
from asmo_support.channels.models.rework import Rework
from asmo_support.channels.models.sender import BlockedSender
from asmo_support.channels.models.server import Mailbox, SmtpServer
from asmo_support.channels.models.signing import SigningKey

__all__ = [
    "Arrival", "BadAddress", "BlockedSender", "Call", "Callback", "Delivery", "Exchange", "Mailbox", "OneTimeLink",
    "Passage", "Rework", "Ring", "SigningKey",
    "SmtpServer", "Thread",
]  # fmt: skip
