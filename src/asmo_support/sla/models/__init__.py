"""What "in time" means, as the desk keeps it: calendars and regulations, each in versions that never change."""

from asmo_support.sla.models.calendar import CalendarVersion, WorkCalendar
from asmo_support.sla.models.draft import CalendarDraft
from asmo_support.sla.models.regulation import Norm, Regulation, RegulationVersion

__all__ = ["CalendarDraft", "CalendarVersion", "Norm", "Regulation", "RegulationVersion", "WorkCalendar"]
