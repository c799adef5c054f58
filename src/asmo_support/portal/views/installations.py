"""What stands at the organization and its branches, for the coordinator to read."""

from django.http import HttpResponse
from django.shortcuts import render

from asmo_support.contracts.access import may_see_installations
from asmo_support.contracts.installed import installed
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn


@guard(may=may_see_installations, methods=READ)
def index(request: SignedIn) -> HttpResponse:
    return render(request, "portal/installations.html", {"installations": installed(request.user)})
