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
from asmo_support.channels.queries import PAGE, outgoing, sends_letters
from asmo_support.desk.views.letters import before
from asmo_support.lib.errors import Refused
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn

STATES = {"all": (), "failed": ("failed", "bounced"), "queued": ("queued",), "kept": ("kept",), "sent": ("sent",)}


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    asked = request.GET.get("state", "all")
    rows = outgoing(request.user, states=STATES.get(asked, ()), before=before(request), limit=PAGE + 1)
    context = {"rows": rows[:PAGE], "more": len(rows) > PAGE, "asked": asked if asked in STATES else "all"}
    return render(request, "desk/letters/outgoing.html", context | {"sends": sends_letters()})


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
