"""Who may keep working calendars and regulations."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from asmo_support.lib.verdict import YES, Verdict, no

if TYPE_CHECKING:
    from asmo_support.people.models import User


def may_keep_calendars(user: "User") -> Verdict:
    return YES if user.role == "admin" else no(_("Calendars are kept by the administrator."))


def may_keep_regulations(user: "User") -> Verdict:
    return YES if user.role == "admin" else no(_("Regulations are kept by the administrator."))
