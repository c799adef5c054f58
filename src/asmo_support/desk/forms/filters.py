"""What the list of tickets is asked for. It lives in the address."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from asmo_support.insight.lists import Filter
from asmo_support.people.queries import assignable, organizations
from asmo_support.tickets.states import State

STATES = [
    ("", _("My move")),
    ("provider", _("our move")),
    ("open", _("open")),
    ("all", _("any")),
    ("undated", _("a planned date is needed")),
    ("countered", _("the customer offers a date")),
    *State.choices,
    ("done", _("finished")),
]


class FilterForm(forms.Form):
    """Every field may be empty; what makes no sense is as good as empty."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    assignee = forms.CharField(label=_("Specialist"), max_length=20, required=False)
    customer = forms.IntegerField(label=_("Customer"), min_value=1, max_value=2**63 - 1, required=False)
    words = forms.CharField(label=_("Words or number"), max_length=200, required=False)

    def asked(self) -> Filter:
        self.is_valid()
        said = self.cleaned_data
        assignee = said.get("assignee") or ""
        if assignee not in {"me", "nobody"} and not _is_key(assignee):
            assignee = ""
        # My move names a specialist by itself: me, or nobody. One that is chosen takes that place.
        state = said.get("state") or ("provider" if assignee else "")
        return Filter(
            state=state,
            mine=not state,
            waiting=not state,
            assignee=assignee,
            organization=said.get("customer"),
            words=said.get("words") or "",
        )


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


class ChoosingForm(FilterForm):
    """The same with everything there is to choose from: two more statements, so only when it is opened."""

    assignee = forms.ChoiceField(label=_("Specialist"), required=False)  # type: ignore[assignment]
    customer = forms.ChoiceField(label=_("Customer"), required=False)  # type: ignore[assignment]

    def __init__(self, asked: QueryDict, *, user: Any) -> None:
        # The form says what holds, not only what the address says.
        super().__init__(asked.dict() | {"state": FilterForm(asked).asked().state})
        for one in self.fields.values():
            one.widget.attrs["class"] = "input"
        people = [(str(pk), name) for pk, name in assignable().values_list("pk", "name")]
        self.fields["assignee"].choices = [  # type: ignore[attr-defined]
            ("", _("anybody")), ("me", _("me")), ("nobody", _("nobody")), *people,
        ]  # fmt: skip
        customers = organizations(user).values_list("pk", "short_name")
        self.fields["customer"].choices = [("", _("any customer")), *((str(pk), name) for pk, name in customers)]  # type: ignore[attr-defined]
