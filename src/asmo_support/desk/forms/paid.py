"""Work, coverage and the commercial offer."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from asmo_support.contracts.models import Contract
from asmo_support.tickets.actions.offers import Proposal
from asmo_support.tickets.actions.work import Work
from asmo_support.tickets.models import CommercialOffer, Ticket
from asmo_support.tickets.states import Coverage
from asmo_support.ui.amounts import DAY, MoneyField, SpanField
from asmo_support.ui.fields import DayField
from asmo_support.ui.templatetags.asmo import period
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

    @classmethod
    def of(cls, ticket: Ticket) -> "WorkForm":
        """An empty form; what is outside the contract does not draw its hours."""
        return cls(initial={"day": timezone.localdate(), "billable": ticket.coverage != Coverage.OUTSIDE})

    def work(self) -> Work:
        return Work(**self.cleaned_data, by_form=True)


GAPS = {
    "ended": _("Contract %(number)s ended on %(day)s, before the ticket was registered (%(registered)s). The ticket can"
               " be served under it all the same: confirm it, history will say so."),
    "not-begun": _("Contract %(number)s begins on %(day)s, after the ticket was registered (%(registered)s). The ticket"
                   " can be served under it all the same: confirm it, history will say so."),
}  # fmt: skip


class ContractField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A contract with its number, kind and period."""

    def label_from_instance(self, obj: Contract) -> str:
        today = timezone.localdate()
        standing = {"ended": _(", ended"), "not-begun": _(", not begun")}.get(obj.why_not_in_force(today), "")
        return f"{obj.number}, {obj.get_kind_display()}, {period(obj.starts_on, obj.ends_on)}{standing}"


class CoverageForm(forms.Form):
    """Under which contract, and whether it covers the request."""

    contract = ContractField(label=_("Contract"), queryset=None, required=False, empty_label=_("none"))
    coverage = forms.ChoiceField(label=_("Coverage"), choices=Coverage.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The customer sees it."),
    )  # fmt: skip

    # Asked for only when the contract was not in force on the day of registration.
    confirmed = forms.BooleanField(label=_("Serve it under this contract all the same"), required=False)

    def __init__(self, *args: Any, ticket: Ticket, **options: Any) -> None:
        options.setdefault("initial", {"contract": ticket.contract_id, "coverage": ticket.coverage})
        super().__init__(*args, **options)
        self.ticket = ticket
        family = [pk for pk in (ticket.organization_id, ticket.organization.parent_id) if pk]
        rows = Contract.objects.filter(organization__in=family).order_by("-starts_on", "-id")
        self.fields["contract"].queryset = rows  # type: ignore[attr-defined]

    @property
    def asks(self) -> bool:
        """Whether the box of consent is shown."""
        return bool(self["confirmed"].errors or self["confirmed"].value())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        contract, day = said.get("contract"), timezone.localdate(self.ticket.registered_at)
        if contract is None or contract.pk == self.ticket.contract_id or said.get("confirmed"):
            return said
        if gap := contract.why_not_in_force(day):
            edge = contract.ends_on if gap == "ended" else contract.starts_on
            facts = {"number": contract.number, "day": date_format(edge, "DATE_FORMAT"),
                     "registered": date_format(day, "DATE_FORMAT")}  # fmt: skip
            self.add_error("confirmed", GAPS[gap] % facts)
        return said


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
