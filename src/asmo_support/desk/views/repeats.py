"""Letters once more, many at a time, and addresses that work again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asmo_support.channels import again
from asmo_support.channels.access import may_clear_address, may_sort_letters
from asmo_support.channels.addresses import works_again
from asmo_support.channels.models import BadAddress, Rework
from asmo_support.lib.errors import Refused
from asmo_support.ui.answering import back
from asmo_support.ui.guard import WRITE, guard
from asmo_support.ui.request import SignedIn

LONGEST_KEY = 19


@guard(may=may_sort_letters)
def outgoing(request: SignedIn) -> HttpResponse:
    """Send the chosen letters once more, or all that the server answered the same."""
    here = reverse("desk:outgoing") + "?state=failed"
    if request.method != "POST":
        return redirect(here)
    if answer := request.POST.get("answer", ""):
        return _asked(request, Rework.Side.OUT, answer, here)
    return _chosen(request, here, again.send_chosen, _sent)


@guard(may=may_sort_letters)
def settlements(request: SignedIn) -> HttpResponse:
    """The chosen letters leave the pile of those that did not arrive."""
    here = reverse("desk:outgoing") + "?state=failed"
    return redirect(here) if request.method != "POST" else _chosen(request, here, again.settle, _settled)


@guard(may=may_sort_letters)
def incoming(request: SignedIn) -> HttpResponse:
    """Read every quarantined letter that failed for the same reason once more."""
    here = reverse("desk:letters") + "?state=quarantined"
    if request.method != "POST":
        return redirect(here)
    return _asked(request, Rework.Side.IN, request.POST.get("reason", ""), here)


@guard(BadAddress, may=may_clear_address, methods=WRITE)
def address(request: SignedIn, bad: BadAddress) -> HttpResponse:
    name = bad.address
    works_again(bad, by=request.user)
    messages.success(request, _("%(address)s counts as working again.") % {"address": name})
    return back(request, "desk:outgoing")


def _asked(request: SignedIn, side: Rework.Side, cause: str, here: str) -> HttpResponse:
    try:
        rework = again.ask(side, cause[:2000], by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        said = ngettext("%(n)d letter is treated once more.", "%(n)d letters are treated once more.", rework.total)
        messages.success(request, said % {"n": rework.total})
    return redirect(here)


def _chosen(request: SignedIn, here: str, deed: Callable[..., int], said: Callable[[int], str]) -> HttpResponse:
    keys = [int(one) for one in request.POST.getlist("letter") if one.isdecimal() and len(one) < LONGEST_KEY]
    if not keys:
        messages.error(request, _("Tick the letters first."))
        return redirect(here)
    try:
        messages.success(request, said(deed(keys, by=request.user)))
    except Refused as refusal:
        messages.error(request, refusal.words)
    return redirect(here)


def _sent(number: int) -> str:
    return ngettext("%(n)d letter is sent once more.", "%(n)d letters are sent once more.", number) % {"n": number}


def _settled(number: int) -> str:
    said = ngettext("%(n)d letter has left the pile.", "%(n)d letters have left the pile.", number)
    return said % {"n": number}
