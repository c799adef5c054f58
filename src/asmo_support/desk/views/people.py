"""People: a customer's, and those of the desk, who are the administrator's to keep."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asmo_support.desk.forms.customers import NewPersonForm, PersonForm
from asmo_support.desk.forms.inviting import invite
from asmo_support.lib.errors import Refused
from asmo_support.people.access import may_change_person, may_keep_customers, may_manage_staff
from asmo_support.people.actions.people import activate, add_person, change_person, deactivate
from asmo_support.people.models import Organization, User
from asmo_support.people.queries import staff
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn
from asmo_support.wall.acting import SYSTEM, acting_as


@guard(may=may_manage_staff, methods=READ)
def index(request: SignedIn) -> HttpResponse:
    return render(request, "desk/people/index.html", {"people": list(staff(request.user))})


@guard(may=may_manage_staff)
def new(request: SignedIn) -> HttpResponse:
    return _new(request, None)


@guard(Organization, may=may_keep_customers)
def new_contact(request: SignedIn, organization: Organization) -> HttpResponse:
    return _new(request, organization)


@guard(User, may=may_change_person)
def person(request: SignedIn, person: User) -> HttpResponse:
    form = PersonForm(
        request.POST if request.method == "POST" else None, staff=person.is_staff, initial=PersonForm.facts(person)
    )
    if attempt(form, lambda: change_person(person, form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return _home(person)
    return render(request, "desk/people/person.html", {"form": form, "person": person}, status=status_of(form))


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
    invite(request, person)
    messages.success(request, _("A letter with a link goes to %(email)s.") % {"email": person.email})
    return redirect("desk:person", person.pk)


def _new(request: SignedIn, organization: Organization | None) -> HttpResponse:
    form = NewPersonForm(request.POST if request.method == "POST" else None, staff=organization is None)
    made: list[User] = []
    if attempt(form, lambda: made.append(add_person(form.cleaned_data, by=request.user, organization=organization))):
        if form.cleaned_data["invite"]:
            invite(request, made[0])
        messages.success(request, _("%(name)s is added.") % {"name": made[0].name})
        return _home(made[0])
    context = {"form": form, "organization": organization}
    return render(request, "desk/people/new.html", context, status=status_of(form))


def _home(person: User) -> HttpResponse:
    return redirect("desk:customer", person.organization_id) if person.organization_id else redirect("desk:people")
