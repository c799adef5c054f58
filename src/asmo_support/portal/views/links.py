"""The pages behind the one-time links of a letter: no signing in, the key says who decides. Reading changes nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from asmo_support.channels import links
from asmo_support.channels.links import ACCEPT, RETURN, Shown, Standing
from asmo_support.channels.models import OneTimeLink
from asmo_support.people.models import User
from asmo_support.portal.forms import VerdictForm
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import guard
from asmo_support.wall.acting import PORTAL, acting_as

GONE, FORBIDDEN = 410, 403
STATUS = {Standing.EXPIRED: GONE, Standing.DEAD: GONE}


@guard()
def acceptance(request: HttpRequest, key: str) -> HttpResponse:
    return _answer(request, key, ACCEPT)


@guard()
def send_back(request: HttpRequest, key: str) -> HttpResponse:
    return _answer(request, key, RETURN)


def _answer(request: HttpRequest, key: str, deed: str) -> HttpResponse:
    """Everything happens behind the wall of the person the letter was for, and in that person's language."""
    link = links.found(key)
    if link is None:
        raise Http404
    with acting_as(PORTAL, link.person.organization_ids), translation.override(link.person.language):
        other = _another(request, link)
        response = _decided(request, links.look(link), deed, other)
        response.headers["Content-Language"] = link.person.language
    # The address is a key: no search engine keeps it. No other site hears it either (the policy of all our pages).
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _another(request: HttpRequest, link: OneTimeLink) -> User | None:
    """Who has signed in here, when it is somebody else: then it is known that the reader is not who the link is for."""
    user = request.user
    return user if user.is_authenticated and user.pk != link.person.pk else None


def _decided(request: HttpRequest, shown: Shown, deed: str, other: User | None) -> HttpResponse:
    kind = links.KINDS[shown.link.kind]
    form = VerdictForm(request.POST if request.method == "POST" else None, asks=kind.asks if deed == RETURN else ())
    if other and shown.standing is Standing.OPEN:
        context = {"shown": shown, "deed": deed, "form": form, "other": other}
        return render(request, "portal/link.html", context, status=FORBIDDEN if request.method == "POST" else 200)
    if shown.standing is Standing.OPEN and attempt(form, lambda: links.use(shown.link, deed, form.said())):
        return redirect(request.path)
    if getattr(form, "conflict", False):
        shown = links.look(links.fresh(shown.link))
    status = STATUS.get(shown.standing) or status_of(form)
    return render(request, "portal/link.html", {"shown": shown, "deed": deed, "form": form}, status=status)
