"""Letters of ours: each with its fate; in the demo they are kept here instead of being sent."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.channels.access import may_sort_delivery, may_sort_letters
from asmo_support.channels.actions import send_again
from asmo_support.channels.copies import copy_of
from asmo_support.channels.links import addresses
from asmo_support.channels.models import Delivery
from asmo_support.channels.queries import bad_addresses, bad_among, happened, passages, reworks, way_out
from asmo_support.channels.sentences import told
from asmo_support.desk.communication import tabs_for
from asmo_support.desk.forms.letter_search import OUT, LetterSearch
from asmo_support.desk.views.letters import as_file
from asmo_support.insight.letters import outgoing
from asmo_support.lib.errors import Refused
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    search = LetterSearch(request.GET, OUT, "all")
    asked = search.asked()
    found, failed = outgoing(request.user, asked, search.place()), search.state == "failed"
    context = {
        "page": found,
        "search": search,
        "asked": asked,
        "tabs": tabs_for(request.user),
        "section": "failed" if failed else "out",
        "way_out": way_out(),
        "may_sort": may_sort_letters(request.user),
        "bad": bad_addresses() if asked.unsettled else [],
        "dead": {one.address for one in bad_among(row.address for row in found.rows)} if failed else (),
        "reworks": reworks("out"),
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
        "way_out": way_out(),
        "passages": passages(delivery),
        "bad": bad_among([delivery.address]),
        "history": told(happened(delivery)),
    }
    return render(request, "desk/letters/outgoing_letter.html", context)


@guard(Delivery, methods=READ)
def raw(request: SignedIn, delivery: Delivery) -> HttpResponse:
    """The letter as a file, without what is its reader's alone."""
    return as_file(copy_of(delivery), f"letter-out-{delivery.pk}.eml")


@guard(Delivery, may=may_sort_delivery, methods=WRITE)
def attempts(request: SignedIn, delivery: Delivery) -> HttpResponse:
    try:
        send_again(delivery, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("The letter is sent once more."))
    return redirect("desk:outgoing-letter", delivery.pk)
