"""Who may deal with letters and mail servers."""

from django.utils.translation import gettext as _

from asmo_support.channels.models import BadAddress, BlockedSender, Delivery
from asmo_support.lib.verdict import YES, Verdict, no
from asmo_support.people.models import User
from asmo_support.people.roles import Role


def may_sort_letters(user: User) -> Verdict:
    """Look again, register for somebody, set aside, send again."""
    if user.is_working or user.role == Role.ADMIN:
        return YES
    return no(_("Letters are sorted by operators, engineers, leads and administrators."))


def may_unblock(user: User, blocked: BlockedSender) -> Verdict:
    return may_sort_letters(user)


def may_sort_delivery(user: User, delivery: Delivery) -> Verdict:
    return may_sort_letters(user)


def may_register_letter(user: User) -> Verdict:
    return YES if user.is_working else no(_("Tickets are registered by operators, engineers and leads."))


def may_keep_servers(user: User) -> Verdict:
    return YES if user.role == Role.ADMIN else no(_("Mail servers are kept by the administrator."))


def may_clear_address(user: User, bad: BadAddress) -> Verdict:
    return may_sort_letters(user)
