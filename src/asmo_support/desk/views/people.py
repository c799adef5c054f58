"""People: a customer's, and those of the desk, who are the administrator's to keep."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asmo_support.channels.access import may_sort_letters
from asmo_support.channels.queries import bad_among, language_for
from asmo_support.desk.forms.customers import HandOverForm, NewPersonForm, PersonForm
from asmo_support.lib.errors import Refused
from asmo_support.people.access import may_change_person, may_keep_customers, may_manage_staff, may_withdraw
from asmo_support.people.actions.invitations import invite, withdraw
from asmo_support.people.actions.people import activate, add_person, change_person, deactivate
from asmo_support.people.lookups import history_of, listed, merge_of, open_invitation
from asmo_support.people.models import Invitation, Organization, User
from asmo_support.people.queries import staff
from asmo_support.people.sentences import happened
from asmo_support.tickets.actions.handing import hand_over
from asmo_support.tickets.queries import open_of
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn
from asmo_support.wall.acting import SYSTEM, acting_as


@guard(may=may_manage_staff, methods=READ)
def index(request: SignedIn) -> HttpResponse:
    return render(request, "desk/people/index.html", {"people": listed(staff(request.user))})


@guard(may=may_manage_staff)
def new(request: SignedIn) -> HttpResponse:
    return _new(request, None)


@guard(Organization, may=may_keep_customers)
def new_contact(request: SignedIn, organization: Organization) -> HttpResponse:
    return _new(request, organization)


@guard(User, may=may_change_person)
def person(request: SignedIn, person: User) -> HttpResponse:
    if person.merged_into_id:
        return redirect("desk:person", person.merged_into_id)
    form = PersonForm(
        request.POST if request.method == "POST" else None, staff=person.is_staff, initial=PersonForm.facts(person)
    )
    if attempt(form, lambda: change_person(person, form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return _home(person)
    return _page(request, person, form, None)


@guard(User, may=may_change_person, methods=WRITE)
def access(request: SignedIn, person: User) -> HttpResponse:
    """Shut a person out or let them in again. Tokens belong to the sign-in side: it is done as `system`."""
    letting_in = request.POST.get("active") == "1"
    try:
        with acting_as(SYSTEM):
            (activate if letting_in else deactivate)(person, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
        return redirect("desk:person", person.pk)
    done = _("%(name)s can be invited again.") if letting_in else _("%(name)s is shut out, sessions are ended.")
    messages.success(request, done % {"name": person.name})
    return redirect("desk:person", person.pk)


@guard(User, may=may_change_person, methods=WRITE)
def invitation(request: SignedIn, person: User) -> HttpResponse:
    try:
        invite(person, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("A letter with a link goes to %(email)s.") % {"email": person.email})
    return redirect("desk:person", person.pk)


@guard(Invitation, may=may_withdraw, methods=WRITE)
def withdrawal(request: SignedIn, invitation: Invitation) -> HttpResponse:
    try:
        withdraw(invitation, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("The invitation is withdrawn: its link opens nothing."))
    return redirect("desk:person", invitation.person_id)


@guard(User, may=may_keep_customers, methods=WRITE)
def tickets(request: SignedIn, person: User) -> HttpResponse:
    """Hand the open tickets of somebody who leaves to a colleague."""
    if person.is_staff:
        raise Http404
    form = HandOverForm(request.POST, person=person, user=request.user)
    made: list[int] = []
    if attempt(form, lambda: made.append(hand_over(person, form.cleaned_data["to"], by=request.user))):
        said = ngettext("%(n)d ticket goes on under %(name)s.", "%(n)d tickets go on under %(name)s.", made[0])
        messages.success(request, said % {"n": made[0], "name": form.cleaned_data["to"].name})
        return redirect("desk:person", person.pk)
    return _page(request, person, PersonForm(staff=False, initial=PersonForm.facts(person)), form)


def _page(request: SignedIn, person: User, form: PersonForm, handing: HandOverForm | None) -> HttpResponse:
    context = {
        "form": form,
        "person": person,
        "standing": listed([person])[0].standing,
        "invitation": open_invitation(person),
        "tickets": [] if person.is_staff else open_of(person, request.user),
        "handing": handing or HandOverForm(person=person, user=request.user),
        "merge": merge_of(person),
        "may_sort": may_sort_letters(request.user),
        "bad": bad_among([person.email]),
        "history": happened(history_of(person)),
    }
    return render(request, "desk/people/person.html", context, status=status_of(handing or form))


def _new(request: SignedIn, organization: Organization | None) -> HttpResponse:
    known = {name: request.GET.get(name, "")[:150] for name in ("name", "email", "phone")}
    form = NewPersonForm(request.POST if request.method == "POST" else None, staff=organization is None, initial=known)
    made: list[User] = []
    letter = _asked(request, "letter")
    language = {"language": language_for(letter)} if letter else {}
    if attempt(form, lambda: made.append(
        add_person(form.cleaned_data | language, by=request.user, organization=organization)
    )):  # fmt: skip
        if form.cleaned_data["invite"]:
            invite(made[0], by=request.user)
        messages.success(request, _("%(name)s is added.") % {"name": made[0].name})
        # Added because of a letter, a call or a ticket that waits: back to it.
        for name, page in (("letter", "letter"), ("call", "call"), ("ticket", "ticket-requester")):
            if asked := _asked(request, name):
                return redirect(f"desk:{page}", asked)
        return _home(made[0])
    context = {"form": form, "organization": organization}
    return render(request, "desk/people/new.html", context, status=status_of(form))


def _asked(request: SignedIn, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 19 else None


def _home(person: User) -> HttpResponse:
    return redirect("desk:customer", person.organization_id) if person.organization_id else redirect("desk:people")
