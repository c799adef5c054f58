"""Letters that came in: the list, one of them with what it says, and registering it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels import actions
from asmo_support.channels.access import may_register_letter, may_sort_letters
from asmo_support.channels.inbox import raw_of
from asmo_support.channels.models import Arrival
from asmo_support.channels.queries import ages, arrival, happened, inside, reworks
from asmo_support.channels.sentences import told
from asmo_support.desk.communication import tabs
from asmo_support.desk.forms.letter_search import IN, LetterSearch
from asmo_support.desk.forms.letters import JoinLetterForm, RegisterLetterForm
from asmo_support.insight.letters import incoming, waiting
from asmo_support.lib.errors import Refused
from asmo_support.lib.text import clean
from asmo_support.people.access import may_keep_customers
from asmo_support.people.lookups import organization_by_domain
from asmo_support.people.queries import find_requesters, requester
from asmo_support.tickets.models import Ticket
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn

SECTIONS = {"held": "held", "waiting": "held", "quarantined": "quarantined"}


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    """What came in; without a word, the letters that wait for a decision."""
    found = waiting(request.user)
    search = LetterSearch(
        request.GET, IN, "held" if found["held"].count or not found["quarantined"].count else "quarantined"
    )
    asked = search.asked()
    context = {
        "page": incoming(asked, search.place()),
        "search": search,
        "asked": asked,
        "waiting": asked.oldest,
        "tabs": tabs(found),
        "section": SECTIONS.get(search.state, "in"),
        "may_sort": may_sort_letters(request.user),
        "reworks": reworks("in"),
        "ages": ages(timezone.now(), asked.states) if asked.oldest else None,
    }
    return render(request, "desk/letters/index.html", context)


@guard(methods=READ)
def show(request: SignedIn, pk: int) -> HttpResponse:
    return page(request, found(pk), RegisterLetterForm())


@guard(methods=READ)
def raw(request: SignedIn, pk: int) -> HttpResponse:
    """The bytes as they came, as a file that nothing opens by itself."""
    letter = found(pk)
    try:
        body = raw_of(letter)
    except FileNotFoundError as problem:
        raise Http404 from problem
    return as_file(body, f"letter-{letter.pk}.eml")


def as_file(body: bytes, name: str) -> HttpResponse:
    """Bytes of a letter that nothing opens by itself."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(body, headers=headers, content_type="application/octet-stream")


@guard(may=may_register_letter, methods=WRITE)
def ticket(request: SignedIn, pk: int) -> HttpResponse:
    letter, form = found(pk), RegisterLetterForm(request.POST)
    made: list[Ticket] = []
    if attempt(form, lambda: made.append(_register(letter, form, request))):
        return redirect("desk:ticket", made[0].number)
    return page(request, letter, form)


def found(pk: int) -> Arrival:
    letter = arrival(pk)
    if letter is None:
        raise Http404
    return letter


def _register(letter: Arrival, form: RegisterLetterForm, request: SignedIn) -> Ticket:
    who = requester(request.user, form.cleaned_data["requester"])
    if who is None:
        raise Refused(_("Choose who asks."), field="requester")
    return actions.register_held(letter, who, by=request.user)


def page(
    request: SignedIn, letter: Arrival, form: RegisterLetterForm, joining: JoinLetterForm | None = None
) -> HttpResponse:
    """A letter with its reason, its words and what can be done with it."""
    says = inside(letter)
    asker = says.asker.email if says.asker else letter.sender
    words = clean(request.GET.get("words", ""))[:200] or asker.partition("@")[0]
    named = letter.ticket.number if letter.ticket else says.claims
    claimed = {"number": named} if named else None
    context = {
        "says": says,
        "joining": joining or JoinLetterForm(user=request.user, initial=claimed),
        "letter": letter,
        "reason": letter.why,
        "history": told(happened(letter)),
        "form": form,
        "suggested": organization_by_domain(letter.sender) if letter.reason == "known-domain" else None,
        "may_keep": may_keep_customers(request.user),
        "words": words,
        "searched": bool(request.GET.get("words")),
        "found": find_requesters(request.user, words) if words else [],
        "may_sort": may_sort_letters(request.user),
        "may_register": may_register_letter(request.user),
    }
    return render(request, "desk/letters/show.html", context, status=status_of(joining or form))
