"""The log of calls, one call, and what appears on the screen while one rings."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from asmo_support.channels.models import Call
from asmo_support.channels.phone import queries
from asmo_support.channels.phone.access import may_settle, may_take_calls
from asmo_support.channels.phone.finding import Callers, callers
from asmo_support.channels.queries import happened
from asmo_support.channels.sentences import told
from asmo_support.contracts.queries import coverage
from asmo_support.desk.communication import tabs_for
from asmo_support.desk.forms.calls import EntryForm, NoteForm
from asmo_support.lib.text import clean
from asmo_support.people.access import may_keep_customers
from asmo_support.people.models import Organization, User
from asmo_support.people.queries import find_organizations, find_requesters
from asmo_support.ui.answering import status_of
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn

WHICH = ("all", "mine", "missed", "waiting")


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    asked, words = request.GET.get("which", ""), clean(request.GET.get("words", ""))[:100]
    which = asked if asked in WHICH else "all"
    rows = queries.calls(request.user, which=which, words=words, before=_before(request), limit=queries.PAGE + 1)
    context = {
        "rows": rows[: queries.PAGE],
        "more": len(rows) > queries.PAGE,
        "which": which,
        "words": words,
        "cards": cards(request.user),
        "may_take": may_take_calls(request.user),
        "tabs": tabs_for(request.user),
    }
    return render(request, "desk/calls/index.html", context)


@guard(methods=READ)
def ringing(request: SignedIn) -> HttpResponse:
    """The cards of this moment, for pages that are open already."""
    return render(request, "desk/calls/_cards.html", {"cards": cards(request.user)})


@guard(Call, methods=READ)
def show(request: SignedIn, call: Call) -> HttpResponse:
    return page(request, call)


def cards(user: User) -> list[queries.Card]:
    return [queries.card(call, user) for call in queries.ringing_for(user)] if may_take_calls(user) else []


def page(request: SignedIn, call: Call, *, form: Any = None, entry: EntryForm | None = None) -> HttpResponse:
    """A call with who it was and what can be done; the forms are what came back from a refused deed."""
    user, words = request.user, clean(request.GET.get("words", ""))[:100]
    context = {
        "call": call,
        "form": form or NoteForm.of(call),
        "entry": entry or EntryForm(),
        "words": words,
        "known": customer(user, call.person, call.organization),
        "before": queries.calls_with(call),
        "history": told(happened(call)),
        "may_take": may_take_calls(user),
        "may_settle": may_settle(user, call),
        "may_keep": may_keep_customers(user),
        **candidates(user, "" if call.person else call.typed, words),
    }
    late = entry if entry and entry.is_bound else form
    return render(request, "desk/calls/show.html", context, status=status_of(late) if late else 200)


def candidates(user: User, typed: str, words: str) -> dict[str, Any]:
    """Who it may be: by the number, or by the words somebody looked for."""
    return {
        "callers": callers(typed) if typed else Callers(),
        "found": find_requesters(user, words) if words else [],
        "homes": find_organizations(user, words, besides=0)[:5] if words else [],
    }


def customer(user: User, person: User | None, organization: Organization | None) -> dict[str, Any] | None:
    """What an agent wants to know of a caller: the contract, what is open, the last words."""
    home = person.organization if person else organization
    if home is None:
        return None
    return {
        "person": person,
        "organization": home,
        "coverage": coverage(home, timezone.localdate()),
        "open": queries.open_tickets(user, person, home)[:8],
        "words": queries.recent_words(user, person, home),
    }


def home(call: Call) -> HttpResponse:
    return redirect("desk:call", call.pk)


def _before(request: SignedIn) -> int | None:
    """The key of the page above."""
    asked = request.GET.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None
