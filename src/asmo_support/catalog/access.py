"""Who looks after the catalogue."""

from django.utils.translation import gettext as _

from asmo_support.lib.verdict import YES, Verdict, no
from asmo_support.people.models import User
from asmo_support.people.roles import Role


def may_keep_catalog(user: User) -> Verdict:
    if user.role in {Role.LEAD, Role.ADMIN}:
        return YES
    return no(_("The catalogue is kept by leads and administrators."))
