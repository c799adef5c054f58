"""Letters of ours: each with its fate; in the demo they are kept here instead of being sent."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.channels.access import may_sort_delivery, may_sort_letters
from asmo_support.channels.actions import send_again
from asmo_support.channels.links import addresses
from asmo_support.channels.models import Delivery
from asmo_support.channels.queries import sends_letters
from asmo_support.desk.communication import tabs_for
from asmo_support.desk.forms.letter_search import OUT, LetterSearch
from asmo_support.insight.letters import outgoing
from asmo_support.lib.errors import Refused
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    search = LetterSearch(request.GET, OUT, "all")
    asked = search.asked()
    context = {
        "page": outgoing(request.user, asked, search.place()),
        "search": search,
        "asked": asked,
        "tabs": tabs_for(request.user),
        "section": "failed" if search.state == "failed" else "out",
        "sends": sends_letters(),
        "may_sort": may_sort_letters(request.user),
    }
    return render(request, "desk/letters/outgoing.html", context)


@guard(Delivery, methods=READ)
def show(request: SignedIn, delivery: Delivery) -> HttpResponse:
    # The links of a letter are its reader's alone; but in the demo nobody gets letters, so they are tried here.
    shows_links = settings.DEMO and delivery.state == Delivery.State.KEPT and delivery.link
    context = {
        "letter": delivery,
        "verdicts": addresses(delivery.link) if shows_links and delivery.link else [],
        "may_sort": may_sort_letters(request.user),
        "sends": sends_letters(),
    }
    return render(request, "desk/letters/outgoing_letter.html", context)


@guard(Delivery, may=may_sort_delivery, methods=WRITE)
def attempts(request: SignedIn, delivery: Delivery) -> HttpResponse:
    try:
        send_again(delivery, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("The letter is sent once more."))
    return redirect("desk:outgoing-letter", delivery.pk)
