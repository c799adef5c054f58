"""Who may deal with calls."""

from django.utils.translation import gettext as _

from asmo_support.channels.models import Call, Callback
from asmo_support.lib.verdict import YES, Verdict, no, not_now
from asmo_support.people.models import User
from asmo_support.people.roles import Role


def may_take_calls(user: User, thing: Call | Callback | None = None) -> Verdict:
    """Write calls down, put them into tickets, plan callbacks."""
    return YES if user.is_working else no(_("Calls are taken by operators, engineers and leads."))


def may_settle(user: User, call: Call) -> Verdict:
    if not (verdict := may_take_calls(user)):
        return verdict
    return YES if call.awaits_callback else not_now(_("Nobody has to call back here any more."))


def may_close(user: User, callback: Callback) -> Verdict:
    if not (verdict := may_take_calls(user)):
        return verdict
    planned = callback.state == Callback.State.PLANNED
    return YES if planned else not_now(_("This callback is off the list already."))


def may_keep_exchanges(user: User) -> Verdict:
    return YES if user.role == Role.ADMIN else no(_("Telephone exchanges are kept by the administrator."))
