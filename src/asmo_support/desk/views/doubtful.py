"""What is done with a doubtful letter, one key each; then comes the next one. And the senders that are blocked."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.channels import actions
from asmo_support.channels.access import may_register_letter, may_sort_letters, may_unblock
from asmo_support.channels.models import Arrival, BlockedSender
from asmo_support.channels.queries import blocked_senders, next_waiting
from asmo_support.desk.communication import tabs_for
from asmo_support.desk.forms.letters import JoinLetterForm, RegisterLetterForm
from asmo_support.desk.views.letters import found, page
from asmo_support.lib.errors import Refused
from asmo_support.ui.answering import attempt, back
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn, asked_page


@guard(may=may_sort_letters, methods=WRITE)
def attempts(request: SignedIn, pk: int) -> HttpResponse:
    return _done(request, pk, actions.retry, _("The worker looks at the letter once more."))


@guard(may=may_sort_letters, methods=WRITE)
def dismissal(request: SignedIn, pk: int) -> HttpResponse:
    return _done(request, pk, actions.ignore, _("The letter is set aside; nobody is answered."))


@guard(may=may_sort_letters, methods=WRITE)
def spam(request: SignedIn, pk: int) -> HttpResponse:
    return _done(request, pk, partial(actions.ignore, spam=True), _("Spam: the letter is set aside."))


@guard(may=may_sort_letters, methods=WRITE)
def block(request: SignedIn, pk: int) -> HttpResponse:
    return _done(request, pk, actions.block, _("The sender is blocked; all doubtful letters of theirs are set aside."))


@guard(may=may_register_letter, methods=WRITE)
def entry(request: SignedIn, pk: int) -> HttpResponse:
    """The letter becomes an entry of the ticket whose number was written."""
    letter, form = found(pk), JoinLetterForm(request.POST, user=request.user)
    if attempt(form, lambda: _join(letter, form, request)):
        said = _("The letter is in ticket № %(number)s.") % {"number": form.cleaned_data["number"]}
        messages.success(request, said)
        return _next(letter)
    return page(request, letter, RegisterLetterForm(), form)


def _join(letter: Arrival, form: JoinLetterForm, request: SignedIn) -> None:
    if form.ticket:
        actions.join_held(letter, form.ticket, by=request.user, person=form.cleaned_data["person"])


@guard(methods=READ)
def blocked(request: SignedIn) -> HttpResponse:
    number = asked_page(request)
    rows, more = blocked_senders(number)
    told = {"tabs": tabs_for(request.user), "section": "blocked", "page": number, "more": more}
    context = {"rows": rows, "may_sort": may_sort_letters(request.user), **told}
    return render(request, "desk/letters/blocked.html", context)


@guard(BlockedSender, may=may_unblock, methods=WRITE)
def removal(request: SignedIn, sender: BlockedSender) -> HttpResponse:
    actions.unblock(sender, by=request.user)
    messages.success(request, _("The sender is no longer blocked: %(address)s.") % {"address": sender.address})
    return redirect("desk:blocked")


def _done(request: SignedIn, pk: int, deed: Callable[..., None], said: str) -> HttpResponse:
    letter = found(pk)
    try:
        deed(letter, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
        return redirect("desk:letter", pk)
    messages.success(request, said)
    # From the list one goes on in the list.
    return back(request, "desk:letters") if request.POST.get("next") else _next(letter)


def _next(letter: Arrival) -> HttpResponse:
    """To the letter that waits now, so that a morning of spam is a row of keys."""
    following = next_waiting(letter)
    return redirect("desk:letter", following.pk) if following else redirect("desk:letters")
