"""What every database has from its migrations: tests that end with emptied tables get it back before the next one."""

from importlib import import_module

from django.apps import apps

from asmo_support.sla import queries
from asmo_support.sla.models import CalendarVersion, Regulation, RegulationVersion, WorkCalendar
from asmo_support.tickets import calendars


def lay() -> None:
    """The vendor's calendar and regulation, and no memory of what an earlier test published."""
    queries.forget()
    if not (RegulationVersion.objects.exists() and CalendarVersion.objects.exists()):
        # Emptying the tables of people takes whatever names an author along.
        Regulation.objects.all().delete()
        WorkCalendar.objects.all().delete()
        import_module("asmo_support.sla.migrations.0002_install_the_regulation").install(apps, None)
    queries.table_of(calendars.refresh())
