"""What a coordinator fills in about the people of the own organization."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.people.access import may_change_address
from asmo_support.people.models import Organization, User
from asmo_support.people.queries import colleagues, organizations
from asmo_support.people.roles import CUSTOMER_ROLES, Competence, Role
from asmo_support.ui.fields import NameField

ROLES = [choice for choice in Role.choices if choice[0] in CUSTOMER_ROLES]


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"), choices=ROLES, initial=Role.CONTACT,
        help_text=_("A coordinator sees all tickets of the organization and its branches and keeps its people."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone"), max_length=200, required=False,
        help_text=_("Several separated by commas; the support desk recognises a caller by them."),
    )  # fmt: skip
    position = forms.CharField(label=_("Position"), max_length=100, required=False)
    department = forms.CharField(label=_("Department"), max_length=100, required=False)
    competences = forms.MultipleChoiceField(
        label=_("What the person knows"), choices=Competence.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("The support desk sees it and speaks accordingly."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: User | None = None, user: User, **options: Any) -> None:
        if person:
            options["initial"] = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, **options)
        if person and not (verdict := may_change_address(user, person)):
            self.fields["email"].disabled = True
            self.fields["email"].help_text = verdict.reason


class NewPersonForm(PersonForm):
    organization = NameField(label=_("Organization"), queryset=None, empty_label=None)
    invite = forms.BooleanField(
        label=_("Send a letter with a link to set a password"), required=False, initial=True
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, at: Organization | None, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        own = organizations(user)
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]
        self.fields["organization"].initial = at
        self.order_fields(["name", "email", "organization"])


class HandOverForm(forms.Form):
    """Who goes on with somebody's open tickets."""

    to = NameField(label=_("Hand over to"), queryset=None, empty_label=_("choose a colleague"))

    def __init__(self, *args: Any, person: User, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = colleagues(person, user)  # type: ignore[attr-defined]
