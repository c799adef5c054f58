"""What is done with calls: one is written down, gets caller, ticket and note; leaves the screen, is settled."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from asmo_support.channels.models import Call
from asmo_support.channels.phone import keeping
from asmo_support.channels.phone.access import may_settle, may_take_calls
from asmo_support.channels.phone.finding import Callers
from asmo_support.channels.phone.keeping import Spoken
from asmo_support.desk.callers import added
from asmo_support.desk.forms.calls import NEW, CallerForm, CallForm, EntryForm, NoteForm
from asmo_support.desk.views.calls import candidates, customer, home, page
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.access import may_keep_customers
from asmo_support.people.models import Organization, User
from asmo_support.people.queries import organization_of, requester
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.queries import seen
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import guard
from asmo_support.ui.request import SignedIn


@guard(may=may_take_calls)
def new(request: SignedIn) -> HttpResponse:
    """`words` looks for the caller by number or name; `person`, `organization` or `alone` chooses."""
    asked = request.POST if request.method == "POST" else request.GET
    person, organization = _chosen(request.user, asked.get("person", ""), asked.get("organization", ""))
    words = clean(asked.get("words", ""))[:100]
    form = CallForm(request.POST if request.method == "POST" else None, initial={"typed": _number(words, person)})
    made: list[Call] = []
    if attempt(form, lambda: made.append(_written_down(form, person, organization, request.user))):
        return _onwards(made[0], form)
    found = candidates(request.user, words, words)
    person = person or _only(found["callers"], organization, asked)
    context = {
        "form": form,
        "words": words,
        "person": person,
        "organization": organization,
        "chosen": bool(person or organization or asked.get("alone")),
        "known": customer(request.user, person, organization),
        "may_keep": may_keep_customers(request.user),
        **found,
    }
    return render(request, "desk/calls/new.html", context, status=status_of(form))


@guard(Call, may=may_take_calls, back="desk:call")
def caller(request: SignedIn, call: Call) -> HttpResponse:
    form = CallerForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    person, organization = _chosen(request.user, str(said.get("person") or ""), str(said.get("organization") or ""))
    return _do(request, call, lambda: keeping.name_caller(call, person, organization, by=request.user), _("Saved."))


@guard(Call, may=may_take_calls, back="desk:call")
def entry(request: SignedIn, call: Call) -> HttpResponse:
    """Continue a ticket: the call becomes its entry."""
    form = EntryForm(request.POST)
    if attempt(form, lambda: keeping.put_into(call, _ticket(form, request.user), by=request.user)):
        return redirect("desk:ticket", form.cleaned_data["number"])
    return page(request, call, entry=form)


@guard(Call, may=may_take_calls, back="desk:call")
def note(request: SignedIn, call: Call) -> HttpResponse:
    form = NoteForm(request.POST)
    said = form.data.get("note", ""), form.data.get("recording", "")
    if attempt(form, lambda: keeping.note(call, *said, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("desk:ticket", call.ticket.number) if call.ticket else home(call)
    return page(request, call, form=form)


@guard(Call, may=may_settle, back="desk:call")
def settlement(request: SignedIn, call: Call) -> HttpResponse:
    return _do(
        request, call, lambda: keeping.settle(call, by=request.user), _("Nobody has to call back here any more.")
    )


@guard(Call, may=may_take_calls, back="desk:call")
def dismissal(request: SignedIn, call: Call) -> HttpResponse:
    """Not now: off this person's screen. The answer is the cards that are left."""
    keeping.dismiss(call, by=request.user)
    if request.headers.get("X-Requested-With") == "live":
        return HttpResponse(status=204)
    return redirect("desk:calls")


def _number(words: str, person: User | None) -> str:
    """What was looked for, when it is a number; else the first one of the person."""
    if sum(map(str.isdigit, words)) >= 3:
        return words
    return person.phone.partition(",")[0] if person else ""


def _only(found: Callers, organization: Organization | None, asked: QueryDict) -> User | None:
    """The one person of a number needs no choosing, until somebody says it is another."""
    return None if organization or asked.get("alone") or asked.get("other") else found.person


@transaction.atomic
def _written_down(form: CallForm, person: User | None, organization: Organization | None, user: User) -> Call:
    said = form.cleaned_data
    if not said["typed"] and person is None and organization is None:
        raise Refused(_("Say the number, or choose who called."), field="typed")
    person = person or added(form, organization, user)
    ticket = _ticket(form, user) if said["deed"] == "continue" else None
    call = keeping.add_call(
        Spoken(
            direction=said["direction"], typed=said["typed"], talked=said["talked"] == "yes",
            minutes=said["minutes"] or 0, note=said["note"], recording=said["recording"], person=person,
            organization=organization,
        ),
        by=user,
    )  # fmt: skip
    if ticket:
        keeping.put_into(call, ticket, by=user)
    return call


def _onwards(call: Call, form: CallForm) -> HttpResponse:
    if call.ticket:
        return redirect("desk:ticket", call.ticket.number)
    if form.cleaned_data["deed"] == NEW and call.person:
        return redirect(f"{reverse('desk:ticket-new')}?requester={call.person.pk}&call={call.pk}")
    return home(call)


def _ticket(form: CallForm | EntryForm, user: User) -> Ticket:
    ticket = seen(user, form.cleaned_data["number"].strip().lstrip("№ ").strip())
    if ticket is None:
        raise Refused(_("There is no ticket with this number."), field="number")
    return ticket


def _chosen(user: User, person: str, organization: str) -> tuple[User | None, Organization | None]:
    who = requester(user, int(person)) if _is_key(person) else None
    return who, organization_of(user, int(organization)) if _is_key(organization) and who is None else None


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _do(request: SignedIn, call: Call, deed: Callable[[], object], done: str) -> HttpResponse:
    try:
        deed()
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, done)
    return home(call)
