"""What the worker does with people: entries that turned out to be one become one."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.people.actions.merging import obstacles_of_organizations, obstacles_of_people, rooms
from asmo_support.people.actions.people import deactivate
from asmo_support.people.models import Merge, Organization, User

logger = logging.getLogger(__name__)


@transaction.atomic
def merge() -> int:
    """Do the oldest merge that waits, all of it or nothing; the number done or refused."""
    waiting = Merge.objects.select_for_update(skip_locked=True, of=("self",)).filter(state=Merge.State.WAITING)
    job = waiting.select_related("by").order_by("id").first()
    if job is None:
        return 0
    with translation.override(job.by.language if job.by else settings.LANGUAGE_CODE):
        try:
            with transaction.atomic():
                job.moved = _organizations(job) if job.thing == Merge.Thing.ORGANIZATION else _people(job)
                connection.check_constraints()
            job.state = Merge.State.DONE
        except (OperationalError, InterfaceError):
            raise
        except Refused as refusal:
            job.state, job.reason = Merge.State.REFUSED, refusal.words
        except Exception as problem:
            # Nothing has moved. Somebody has to look at it: trying again would end the same way.
            logger.exception("Merge %s failed", job.pk)
            said = f"{type(problem).__name__}: {problem}"[:500]
            job.state, job.reason = Merge.State.REFUSED, _("It failed, nothing was changed: %(said)s") % {"said": said}
    job.done_at = timezone.now()
    job.save(update_fields=["state", "reason", "moved", "done_at"])
    return 1


def _organizations(job: Merge) -> dict[str, int]:
    # The one that stays goes on being written to; nothing new begins in the one that goes.
    new = Organization.objects.select_for_update(no_key=True).filter(pk=job.new_id).first()
    old = Organization.objects.select_for_update().filter(pk=job.old_id).first()
    if old is None or new is None:
        raise Refused(_("One of the two is not there any more."))
    if reasons := obstacles_of_organizations(old, new, job=job):
        raise Refused(" ".join(reasons))
    moved: dict[str, int] = {}
    for room in rooms():
        moved |= room.move_to(old.pk, new.pk)
    new.refresh_from_db()
    # The database lets it go only when nothing is left that belongs to it.
    old.delete()
    record(new, "organization.merged", by=job.by, internal=True, old=job.old_id, name=job.old_name, moved=moved)
    return moved


def _people(job: Merge) -> dict[str, int]:
    found = User.objects.select_for_update().order_by("pk").in_bulk([job.old_id, job.new_id])
    old, new = found.get(job.old_id), found.get(job.new_id)
    if old is None or new is None:
        raise Refused(_("One of the two is not there any more."))
    if reasons := obstacles_of_people(old, new, job=job):
        raise Refused(" ".join(reasons))
    if old.is_active:
        deactivate(old, by=job.by)
    moved: dict[str, int] = {}
    for room in rooms():
        moved |= room.move_person(old.pk, new.pk)
    old.refresh_from_db()
    old.merged_into = new
    old.save(update_fields=["merged_into"])
    record(new, "user.merged", by=job.by, internal=True, old=old.pk, name=old.name, address=old.email, moved=moved)
    return moved
