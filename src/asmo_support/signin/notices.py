"""What one is told by letter: the page of whoever is signed in, and the page behind the link under a letter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from asmo_support.channels import unsubscribing
from asmo_support.notifications import choosing
from asmo_support.people.models import User
from asmo_support.people.queries import reader
from asmo_support.signin.forms import NoticesForm
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import guard
from asmo_support.ui.request import SignedIn, zone_of
from asmo_support.wall.acting import DESK, PORTAL, acting_as

GONE = 410


@guard()
def notices(request: SignedIn) -> HttpResponse:
    form = NoticesForm(
        request.POST if request.method == "POST" else None, person=request.user,
        wishes=choosing.wishes_of(request.user), zone=str(zone_of(request) or ""),
    )  # fmt: skip
    if attempt(form, lambda: choosing.choose(request.user, form.wishes())):
        request.session["zone"] = form.cleaned_data["zone"]
        messages.success(request, _("Saved. Letters come like this from now on."))
        return redirect("signin:notices")
    shell = "desk/base.html" if request.user.is_staff else "portal/base.html"
    return render(request, "signin/notices.html", {"form": form, "shell": shell}, status=status_of(form))


@csrf_exempt
@guard()
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """Reading changes nothing. A mail program posts without a cookie (RFC 8058): the key is the right."""
    asked = unsubscribing.asked(key)
    person = reader(asked.person) if asked else None
    if asked is None or person is None:
        raise Http404
    with acting_as(DESK if person.is_staff else PORTAL, person.organization_ids), translation.override(person.language):
        response = _unsubscribed(request, person, asked.kind)
        response.headers["Content-Language"] = person.language
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _unsubscribed(request: HttpRequest, person: User, kind: str) -> HttpResponse:
    kinds = choosing.kinds_of(person, kind)
    if kinds and request.method == "POST":
        deed = choosing.come_back if request.POST.get("again") else choosing.leave
        deed(person, kind)
        # A mail program waits for the plain answer; a person's browser is led back to what it sees now.
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return redirect(request.path)
    context = {"person": person, "kinds": kinds, "left": bool(kinds) and choosing.has_left(person, kind)}
    return render(request, "signin/unsubscribe.html", context, status=200 if kinds else GONE)
