"""People and organizations: facts and constraints."""

from asmo_support.people.models.invitation import Invitation
from asmo_support.people.models.merge import Merge
from asmo_support.people.models.organization import DEEPEST, Organization, OrganizationDomain
from asmo_support.people.models.token import AccessToken
from asmo_support.people.models.user import User, canonical_email

__all__ = [
    "DEEPEST", "AccessToken", "Invitation", "Merge", "Organization", "OrganizationDomain", "User", "canonical_email",
]  # fmt: skip
