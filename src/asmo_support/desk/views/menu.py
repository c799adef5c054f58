"""Every place of the rail on one page, for a phone."""

from django.http import HttpResponse
from django.shortcuts import render

from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn


@guard(methods=READ)
def menu(request: SignedIn) -> HttpResponse:
    return render(request, "desk/menu.html")
