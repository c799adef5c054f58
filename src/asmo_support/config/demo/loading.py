"""Loading the demo world into an empty installation, and taking it out again."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from asmo_support.catalog.models import Product, Service
from asmo_support.channels.models import Arrival
from asmo_support.config.demo import calls, contracting, installed, people, post, stories
from asmo_support.config.demo.catalogue import Catalogue
from asmo_support.config.demo.playing import Stage
from asmo_support.contracts.models import ContractFile
from asmo_support.journal.models import Errand, Event
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Broken
from asmo_support.lib.files import location
from asmo_support.people.models import Organization, User
from asmo_support.tickets.models import Attachment
from asmo_support.wall.acting import SYSTEM, acting_as
from asmo_support.wall.declare import FOREIGN

LOADED = "demo.loaded"
# Letters are written for what happened within this many working hours, for older deeds they would be history.
TOLD_HOURS = 8.25
MARKED: dict[str, type[models.Model]] = {
    "people": User,
    "organizations": Organization,
    "products": Product,
    "services": Service,
}
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission", "asmo_cache"}


@dataclass(frozen=True, slots=True)
class Installation:
    """The thing that history remembers the demo of."""

    pk: int = 0
    journal_name: str = "installation"
    journal_organization: int | None = None


def load(now: datetime | None = None) -> bool:
    """Fill an empty installation with the demo world; True when it was done now, False when it is there already.

    Raises Broken when the installation has data of its own.
    """
    with acting_as(SYSTEM), transaction.atomic():
        if _marker():
            return False
        if User.objects.exists() or Organization.objects.exists():
            raise Broken(
                "This installation has data of its own: start it without --demo, or give the demo an ASMO_HOME."
            )
        _fill(now or timezone.now())
    return True


def clear() -> None:
    """Take the demo world out, with all that was done in it. Refuses when somebody's own data would go with it."""
    with acting_as(SYSTEM), transaction.atomic():
        marker = _marker()
        if marker is None:
            raise Broken("There is no demo world here: nothing was removed.")
        for name, model in MARKED.items():
            if model._default_manager.exclude(pk__in=marker.data[name]).exists():  # noqa: SLF001 - any of the four
                raise Broken(f"Beside the demo there are {name} of your own: nothing was removed.")
        hashes = {
            *Attachment.objects.values_list("sha256", flat=True),
            *Arrival.objects.values_list("sha256", flat=True),
            *ContractFile.objects.values_list("sha256", flat=True),
        }
        _empty()
    for digest in hashes:
        (settings.FILES_ROOT / location(digest)).unlink(missing_ok=True)


def _marker() -> Event | None:
    return Event.objects.filter(thing=Installation().journal_name, kind=LOADED).first()


def _fill(now: datetime) -> None:
    cast = people.settle(now.date())
    stage = Stage(cast, Catalogue(), now)
    installed.settle(cast, now.date())
    contracting.enrich(stage.people)
    stage.play(stories.every())
    calls.ring(stage)
    post.bring(now)
    Errand.objects.filter(event__at__lt=stage.when(TOLD_HOURS)).update(state="done")
    made = {name: list(model._default_manager.values_list("pk", flat=True)) for name, model in MARKED.items()}  # noqa: SLF001
    record(Installation(), LOADED, by=None, at=now, internal=True, **made)


def _empty() -> None:
    own = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if hasattr(model, "wall")}  # noqa: SLF001
    present = set(connection.introspection.table_names())
    tables = sorted((own | set(FOREIGN)) & present - KEPT_TABLES)
    connection.check_constraints()  # what is deferred would stand in the way
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
    # The vendor's calendar and regulation are no part of the demo: every database has them from its migrations.
    import_module("asmo_support.sla.migrations.0002_install_the_regulation").install(apps, None)
