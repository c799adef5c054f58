"""The ticket and what belongs to it: facts and constraints."""

from asmo_support.tickets.models.attachment import Attachment
from asmo_support.tickets.models.clock import Clock, Pause
from asmo_support.tickets.models.message import FirstLetter, Message
from asmo_support.tickets.models.planned import PlannedDate
from asmo_support.tickets.models.resolution import InformationRequest, Resolution
from asmo_support.tickets.models.ticket import Assignment, Ticket
from asmo_support.tickets.models.work import CommercialOffer, TimeEntry

__all__ = [
    "Assignment",
    "Attachment",
    "Clock",
    "CommercialOffer",
    "FirstLetter",
    "InformationRequest",
    "Message",
    "Pause",
    "PlannedDate",
    "Resolution",
    "Ticket",
    "TimeEntry",
]
