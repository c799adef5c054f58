"""A request of a program whose person is known."""

from typing import TYPE_CHECKING

from asmo_support.ui.request import SignedIn

if TYPE_CHECKING:
    from asmo_support.tickets.models import Ticket


class ApiRequest(SignedIn):
    """What an operation gets: `ticket` is the one its address names, loaded through `visible_to`."""

    ticket: "Ticket"
