"""Work, coverage and the commercial offer."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from asmo_support.contracts.models import Contract
from asmo_support.tickets.actions.offers import Proposal
from asmo_support.tickets.actions.work import Work
from asmo_support.tickets.models import CommercialOffer, Ticket
from asmo_support.tickets.states import Coverage
from asmo_support.ui.amounts import DAY, MoneyField, SpanField
from asmo_support.ui.fields import DayField
from asmo_support.ui.uploads import LONGEST


class WorkForm(forms.Form):
    """What I did: how long, on which day, what for."""

    minutes = SpanField(label=_("Time"), hours=False, most=DAY, help_text=_("45, 1:30 or 2 h"))
    day = DayField(label=_("Day"))
    billable = forms.BooleanField(label=_("counts against the contract"), required=False, initial=True)
    text = forms.CharField(label=_("What for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"day": timezone.localdate(), "billable": True})
        super().__init__(*args, **options)

    def work(self) -> Work:
        return Work(**self.cleaned_data)


class ContractField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A contract with its number, kind and period."""

    def label_from_instance(self, obj: Contract) -> str:
        today = timezone.localdate()
        until = f" – {obj.ends_on:%d.%m.%Y}" if obj.ends_on else ""
        ended = str(_(", ended")) if obj.ends_on and obj.ends_on < today else ""
        return f"{obj.number}, {obj.get_kind_display()}, {obj.starts_on:%d.%m.%Y}{until}{ended}"


class CoverageForm(forms.Form):
    """Under which contract, and whether it covers the request."""

    contract = ContractField(label=_("Contract"), queryset=None, required=False, empty_label=_("none"))
    coverage = forms.ChoiceField(label=_("Coverage"), choices=Coverage.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The customer sees it."),
    )  # fmt: skip

    def __init__(self, *args: Any, ticket: Ticket, **options: Any) -> None:
        options.setdefault("initial", {"contract": ticket.contract_id, "coverage": ticket.coverage})
        super().__init__(*args, **options)
        family = [pk for pk in (ticket.organization_id, ticket.organization.parent_id) if pk]
        rows = Contract.objects.filter(organization__in=family).order_by("-starts_on", "-id")
        self.fields["contract"].queryset = rows  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """What is offered, for how much, until when."""

    text = forms.CharField(label=_("What is offered"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))
    cost = MoneyField(label=_("Cost, roubles"))
    minutes = SpanField(label=pgettext_lazy("contract", "Hours"), hours=True, required=False)
    valid_until = DayField(label=_("Valid until"), required=False)

    @classmethod
    def of(cls, offer: CommercialOffer | None) -> "OfferForm":
        names = ("text", "cost", "minutes", "valid_until")
        return cls(initial={name: getattr(offer, name) for name in names} if offer else {})

    def proposal(self) -> Proposal:
        return Proposal(**self.cleaned_data)
