"""The people of the own organization, kept by its coordinator."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asmo_support.lib.errors import Refused
from asmo_support.people.access import may_manage_people, may_withdraw
from asmo_support.people.actions.invitations import invite, withdraw
from asmo_support.people.actions.people import activate, add_person, change_person, deactivate
from asmo_support.people.lookups import listed, open_invitation
from asmo_support.people.models import Invitation, User
from asmo_support.people.queries import organization_of
from asmo_support.portal.person_forms import HandOverForm, NewPersonForm, PersonForm
from asmo_support.tickets.actions.handing import hand_over
from asmo_support.tickets.queries import open_of
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import WRITE, guard
from asmo_support.ui.request import SignedIn
from asmo_support.wall.acting import SYSTEM, acting_as


@guard(may=may_manage_people)
def new(request: SignedIn) -> HttpResponse:
    at = request.GET.get("organization", "")
    branch = organization_of(request.user, int(at)) if at.isdecimal() and len(at) < 19 else None
    form = NewPersonForm(
        request.POST if request.method == "POST" else None, user=request.user, at=branch or request.user.organization
    )
    made: list[User] = []
    if attempt(form, lambda: made.append(_added(request, form.cleaned_data))):
        messages.success(request, _("%(name)s is added.") % {"name": made[0].name})
        return _home(request, made[0])
    return render(request, "portal/people/new.html", {"form": form}, status=status_of(form))


@guard(User, may=may_manage_people)
def person(request: SignedIn, person: User) -> HttpResponse:
    if person.merged_into_id:
        return redirect("portal:person", person.merged_into_id)
    form = PersonForm(request.POST if request.method == "POST" else None, person=person, user=request.user)
    if attempt(form, lambda: change_person(person, form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return _home(request, person)
    return _page(request, person, form, None)


@guard(User, may=may_manage_people, methods=WRITE)
def access(request: SignedIn, person: User) -> HttpResponse:
    """Shut a colleague out or let them in again. Keys of programs are the sign-in side's: it is done as `system`."""
    letting_in = request.POST.get("active") == "1"
    try:
        with acting_as(SYSTEM):
            (activate if letting_in else deactivate)(person, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        done = _("%(name)s can be invited again.") if letting_in else _("%(name)s is shut out, sessions are ended.")
        messages.success(request, done % {"name": person.name})
    return redirect("portal:person", person.pk)


@guard(User, may=may_manage_people, methods=WRITE)
def invitation(request: SignedIn, person: User) -> HttpResponse:
    try:
        invite(person, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("A letter with a link goes to %(email)s.") % {"email": person.email})
    return redirect("portal:person", person.pk)


@guard(Invitation, may=may_withdraw, methods=WRITE)
def withdrawal(request: SignedIn, invitation: Invitation) -> HttpResponse:
    try:
        withdraw(invitation, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("The invitation is withdrawn: its link opens nothing."))
    return redirect("portal:person", invitation.person_id)


@guard(User, may=may_manage_people, methods=WRITE)
def tickets(request: SignedIn, person: User) -> HttpResponse:
    """Hand the open tickets of somebody who leaves to a colleague."""
    form = HandOverForm(request.POST, person=person, user=request.user)
    made: list[int] = []
    if attempt(form, lambda: made.append(hand_over(person, form.cleaned_data["to"], by=request.user))):
        said = ngettext("%(n)d ticket goes on under %(name)s.", "%(n)d tickets go on under %(name)s.", made[0])
        messages.success(request, said % {"n": made[0], "name": form.cleaned_data["to"].name})
        return redirect("portal:person", person.pk)
    return _page(request, person, PersonForm(person=person, user=request.user), form)


def _added(request: SignedIn, said: dict[str, Any]) -> User:
    made = add_person(said, by=request.user, organization=said["organization"])
    if said["invite"]:
        invite(made, by=request.user)
    return made


def _page(request: SignedIn, person: User, form: PersonForm, handing: HandOverForm | None) -> HttpResponse:
    context = {
        "form": form,
        "person": person,
        "standing": listed([person])[0].standing,
        "invitation": open_invitation(person),
        "tickets": open_of(person, request.user),
        "handing": handing or HandOverForm(person=person, user=request.user),
    }
    return render(request, "portal/people/person.html", context, status=status_of(handing or form))


def _home(request: SignedIn, person: User) -> HttpResponse:
    if person.organization_id == request.user.organization_id:
        return redirect("portal:organization")
    return redirect("portal:branch", person.organization_id)
