"""What one says in a ticket: a text with files."""

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.tickets.actions.conversation import Words
from asmo_support.ui.fields import DayField
from asmo_support.ui.uploads import LONGEST, SaidForm


class ComposeForm(SaidForm):
    """One form for every mode of the composer."""

    def words(self) -> Words:
        return Words(text=self.cleaned_data["text"], files=self.kept)


class PlanForm(forms.Form):
    """A planned date; its text is the reason, which the customer reads."""

    date = DayField(label=_("Date"), error_messages={"required": _("Choose the day.")})
    text = forms.CharField(label=_("Reason"), max_length=LONGEST, required=False)


class ConsentForm(forms.Form):
    """One press is enough."""


class ReasonForm(forms.Form):
    """A deed that needs a reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    # Asked for by the rule of the deed, which says so in its own words.
    reason.unmarked = True  # type: ignore[attr-defined]
