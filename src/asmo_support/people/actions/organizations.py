"""What a customer decides about its own organization."""

from django.db import transaction

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.people.models import Organization, User
from asmo_support.people.roles import Visibility


@transaction.atomic
def choose_visibility(organization: Organization, visibility: str, *, by: User) -> None:
    """Whose tickets its contacts see from now on: own ones, the department's, or all."""
    if visibility not in Visibility:
        raise Refused("visibility", field="visibility")
    organization.refresh_from_db(from_queryset=Organization.objects.select_for_update())
    if organization.visibility == visibility:
        return
    before, organization.visibility = organization.visibility, visibility
    organization.save(update_fields=["visibility"])
    record(organization, "organization.visibility-chosen", by=by, before=before, after=visibility)
