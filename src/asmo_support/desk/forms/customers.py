"""Customers and their people; people of the desk."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from asmo_support.lib.text import clean
from asmo_support.people.models import Organization, User
from asmo_support.people.queries import colleagues, organizations
from asmo_support.people.roles import CUSTOMER_ROLES, STAFF_ROLES, Competence, Role, Visibility
from asmo_support.ui.fields import NameField


class OfficeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Organization) -> str:
        return obj.short_name


class OrganizationForm(forms.Form):
    name = forms.CharField(
        label=_("Full name"), max_length=300, help_text=_("As in the contract, with the legal form.")
    )
    short_name = forms.CharField(
        label=_("Short name"), max_length=100, help_text=_("For lists, without the legal form and quotes.")
    )
    phones = forms.CharField(
        label=_("Phones"), max_length=300, required=False,
        help_text=_("Several separated by commas; a caller is recognised by them."),
    )  # fmt: skip
    parent = OfficeField(
        label=_("Head office"), queryset=None, required=False, empty_label=pgettext_lazy("office", "none")
    )
    visibility = forms.ChoiceField(
        label=_("Whose tickets a contact sees"), choices=Visibility.choices, initial=Visibility.OWN,
        help_text=_("A coordinator sees all tickets of the customer and its branches."),
    )  # fmt: skip
    other = forms.BooleanField(label=_("It is another organization with the same name"), required=False)
    # Who has the name already.
    twin: Organization | None = None

    def __init__(self, *args: Any, user: User, organization: Organization | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        offices = organizations(user)
        self._others = offices.exclude(pk=organization.pk) if organization else offices
        self._own = (organization.name, organization.short_name) if organization else ("", "")
        self.fields["parent"].queryset = self._others  # type: ignore[attr-defined]

    @property
    def asks(self) -> bool:
        """Whether there is a double to be confirmed."""
        return bool(self["other"].errors or self["other"].value())

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        if said and not said.get("other") and (twin := self._twin(said)):
            self.twin = twin
            words = gettext("There is a customer “%(name)s” already. If it is another one, confirm it.")
            self.add_error("other", words % {"name": twin.name})
        return said

    def _twin(self, said: dict[str, Any]) -> Organization | None:
        name, short = (clean(said.get(field, "")) for field in ("name", "short_name"))
        if (name, short) == self._own:
            return None
        return self._others.filter(Q(name__iexact=name) | Q(short_name__iexact=short)).first()


class PersonForm(forms.Form):
    """A customer's person, or, with the roles of the desk, a colleague."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"))
    phone = forms.CharField(
        label=_("Phone"), max_length=200, required=False,
        help_text=_("Several separated by commas; a caller is recognised by them."),
    )  # fmt: skip
    extension = forms.CharField(
        label=_("Inner number"), max_length=20, required=False,
        help_text=_("As in the telephone exchange: calls to it are shown to this person."),
    )  # fmt: skip
    position = forms.CharField(label=_("Position"), max_length=100, required=False)
    department = forms.CharField(
        label=_("Department"), max_length=100, required=False,
        help_text=_("Whoever sees the tickets of the department sees those of people with the same words here."),
    )  # fmt: skip
    competences = forms.MultipleChoiceField(
        label=_("What the person knows"), choices=Competence.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Shown beside the requester on the page of a ticket."),
    )  # fmt: skip

    def __init__(self, *args: Any, staff: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        own = STAFF_ROLES if staff else CUSTOMER_ROLES
        self.fields["role"].choices = [choice for choice in Role.choices if choice[0] in own]  # type: ignore[attr-defined]
        if staff:
            del self.fields["competences"]
            self.fields["phone"].help_text = ""
            self.fields["department"].help_text = ""
        else:
            del self.fields["extension"]

    @staticmethod
    def facts(person: User) -> dict[str, Any]:
        return {name: getattr(person, name) for name in PersonForm.base_fields}


class NewPersonForm(PersonForm):
    invite = forms.BooleanField(
        label=_("Send a letter with a link to set a password"), required=False, initial=True
    )  # fmt: skip


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Domain"), max_length=253, help_text=_("What stands after the @: kama.ru, завод.рф.")
    )  # fmt: skip


class HandOverForm(forms.Form):
    """Who goes on with somebody's open tickets."""

    to = NameField(label=_("Hand over to"), queryset=None, empty_label=_("choose a colleague"))

    def __init__(self, *args: Any, person: User, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = colleagues(person, user)  # type: ignore[attr-defined]
