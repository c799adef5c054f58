"""A contract: its facts, products, licences and norms of its own, on one page and sent together."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from asmo_support.catalog.models import Module, Product
from asmo_support.catalog.queries import modules, products
from asmo_support.contracts.actions.contents import NUMBERS, licences_of, norms_of, scope_of
from asmo_support.contracts.content import CASES, Case, Covered, Delivered, OwnNorm
from asmo_support.contracts.models import Contract, ContractKind
from asmo_support.sla.models import Regulation, WorkCalendar
from asmo_support.sla.norms import Norms
from asmo_support.tickets.promises import title_of
from asmo_support.ui.amounts import MoneyField, SpanField
from asmo_support.ui.fields import DayField, NameField
from asmo_support.ui.templatetags.asmo import span
from asmo_support.ui.uploads import FilesField

FREE = 3
PLAIN = ("number", "kind", "starts_on", "ends_on", "place", "cost", "budget_minutes", "note")
ROUNDINGS = [
    (1, _("to a minute")),
    (15, _("up to 15 minutes")),
    (30, _("up to half an hour")),
    (60, _("up to an hour")),
]


class LicenceForm(forms.Form):
    """One line: what was delivered. A line without a product is no line."""

    use_required_attribute = False
    product = NameField(label=_("Product"), queryset=None, required=False, empty_label="—")
    edition = forms.CharField(label=_("Edition"), max_length=100, required=False)
    count = forms.IntegerField(label=_("Licences"), min_value=1, max_value=1_000_000, required=False)
    specification = forms.CharField(label=_("Specification"), max_length=300, required=False)

    def __init__(self, *args: Any, offered: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["product"].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        if said and not said.get("product") and any(said.get(name) for name in ("edition", "count", "specification")):
            self.add_error("product", gettext("Choose the product, or empty the line."))
        return said

    def line(self) -> Delivered | None:
        said = self.cleaned_data
        if not said.get("product"):
            return None
        return Delivered(said["product"], said["count"] or 1, said["edition"], said["specification"])


class NormForm(forms.Form):
    """The norms of one case in working hours; an empty field leaves the regulation's."""

    use_required_attribute = False
    reaction_minutes = SpanField(label=_("Reaction"), hours=True, required=False, most=60_000, none=True)
    resolution_minutes = SpanField(label=_("Resolution"), hours=True, required=False, most=60_000, none=True)
    planned = forms.BooleanField(label=_("by a planned date"), required=False)
    update_minutes = SpanField(label=_("News every"), hours=True, required=False, most=60_000, none=True)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case

    def usually(self, norms: Norms) -> None:
        """Show in the empty fields what the regulation says."""
        for name in NUMBERS:
            minutes = getattr(norms, name)
            is_dated = name == "resolution_minutes" and norms.planned
            words = gettext("planned date") if is_dated else span(minutes) or gettext("no promise")
            self.fields[name].widget.attrs["placeholder"] = words

    @property
    def title(self) -> str:
        return title_of(self.case)

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        if said and said.get("planned") and said.get("resolution_minutes") is not None:
            self.add_error(
                "resolution_minutes", gettext("Either a time for the resolution or a planned date, not both.")
            )
        return said

    def line(self) -> OwnNorm | None:
        said = self.cleaned_data
        if not said["planned"] and all(said[name] is None for name in NUMBERS):
            return None
        return OwnNorm(self.case, said["reaction_minutes"], said["resolution_minutes"], planned=said["planned"],
                       update_minutes=said["update_minutes"])  # fmt: skip


class ContractForm(forms.Form):
    number = forms.CharField(label=_("Contract number"), max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("contract", "What it is for"), choices=ContractKind.choices)
    starts_on = DayField(label=_("In force from"))
    ends_on = DayField(
        label=_("Until"), required=False,
        help_text=_("Empty: without an end; a new licence agreement gets a year."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Place of service"), choices=[("remote", _("remote")), ("site", _("on site"))])
    cost = MoneyField(label=_("Cost, roubles"), required=False)
    budget_minutes = SpanField(
        label=_("Hours bought"), hours=True, required=False, help_text=_("40 or 40:30. Empty: hours are not counted.")
    )
    rounding_minutes = forms.TypedChoiceField(
        label=_("Work is rounded"), choices=ROUNDINGS, coerce=int, required=False, initial=15, empty_value=None
    )
    regulation = NameField(
        label=_("Regulation"), queryset=None, required=False, empty_label=pgettext_lazy("contract", "the vendor’s own")
    )
    calendar = NameField(label=_("Calendar"), queryset=None, required=False, empty_label=_("as in the regulation"))
    scope = forms.MultipleChoiceField(label=_("Products and modules"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the desk only."),
    )  # fmt: skip

    def __init__(self, *args: Any, contract: Contract | None = None, **options: Any) -> None:
        options["initial"] = _facts(contract) if contract else {"starts_on": timezone.localdate()}
        super().__init__(*args, **options)
        self._products, self._modules = list(products()), list(modules())
        self.fields["regulation"].queryset = Regulation.objects.filter(retired=False).order_by("name")  # type: ignore[attr-defined]
        self.fields["calendar"].queryset = WorkCalendar.objects.filter(retired=False).order_by("name")  # type: ignore[attr-defined]
        self._keep(contract)
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            *((f"p{one.pk}", one.name) for one in self._products), *((f"m{one.pk}", one.name) for one in self._modules)
        ]  # fmt: skip
        self.licences, self.norms = self._licences(contract), self._norms(contract)

    def _keep(self, contract: Contract | None) -> None:
        """What the contract names stays to choose, also when nobody else is offered it any more."""
        if contract is None:
            return
        named = scope_of(contract)
        self._products += [one.product for one in named if one.product not in self._products]
        self._modules += [one.module for one in named if one.module and one.module not in self._modules]
        for name in ("regulation", "calendar"):
            field = cast("NameField", self.fields[name])
            rows = cast("Any", field.queryset)
            field.queryset = rows | rows.model.objects.filter(pk=getattr(contract, f"{name}_id"))

    def is_valid(self) -> bool:
        if not self.is_bound:
            return False
        parts = [one.is_valid() for one in (*self.licences, *self.norms)]
        sound = super().is_valid()
        if not all(parts):
            self.add_error(None, gettext("Look at the licences and the norms below: something is wrong there."))
        return sound and all(parts)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in (*PLAIN, "regulation", "calendar")},
            "rounding_minutes": said["rounding_minutes"] or 15,
            "scope": self._scope(),
            "licences": [line for line in (one.line() for one in self.licences) if line],
            "norms": [line for line in (one.line() for one in self.norms) if line],
        }

    @property
    def covered(self) -> list[tuple[Product, bool, list[tuple[Module, bool]]]]:
        """Products with their modules, each with whether it is ticked."""
        ticked = set(self["scope"].value() or ())
        return [
            (product, f"p{product.pk}" in ticked, [
                (module, f"m{module.pk}" in ticked) for module in self._modules if module.product_id == product.pk])
            for product in self._products
        ]  # fmt: skip

    def _scope(self) -> list[Covered]:
        """A product that is ticked stands for all its modules."""
        ticked = set(self.cleaned_data["scope"])
        whole = [one for one in self._products if f"p{one.pk}" in ticked]
        parts = [one for one in self._modules if f"m{one.pk}" in ticked and one.product not in whole]
        return [*(Covered(one) for one in whole), *(Covered(one.product, one) for one in parts)]

    def _licences(self, contract: Contract | None) -> list[LicenceForm]:
        present = [] if contract is None else licences_of(contract)
        sent = [int(name.split("-")[1]) for name in self.data if name.startswith("licence-") and _numbered(name)]
        count = min(max([len(present) + FREE - 1, *sent]) + 1, 200)
        initial = [
            {"product": one.product.pk, "edition": one.edition, "count": one.count, "specification": one.specification}
            for one in present
        ]
        return [
            LicenceForm(self.data if self.is_bound else None, prefix=f"licence-{n}", offered=products(),
                        initial=initial[n] if n < len(initial) else {})
            for n in range(count)
        ]  # fmt: skip

    def _norms(self, contract: Contract | None) -> list[NormForm]:
        present = {} if contract is None else {one.case: one for one in norms_of(contract)}
        names = ("reaction_minutes", "resolution_minutes", "planned", "update_minutes")
        return [
            NormForm(self.data if self.is_bound else None, prefix=f"norm-{n}", case=case,
                     initial={name: getattr(present[case], name) for name in names} if case in present else {})
            for n, case in enumerate(CASES)
        ]  # fmt: skip


class PapersForm(forms.Form):
    """Documents to hang on a contract."""

    files = FilesField(label=_("Documents"))  # type: ignore[assignment]


def _facts(contract: Contract) -> Mapping[str, Any]:
    scope = [f"m{one.module.pk}" if one.module else f"p{one.product.pk}" for one in scope_of(contract)]
    links = {"regulation": contract.regulation_id, "calendar": contract.calendar_id}
    plain = {name: getattr(contract, name) for name in (*PLAIN, "rounding_minutes")}
    return plain | links | {"scope": scope}


def _numbered(name: str) -> bool:
    parts = name.split("-")
    return len(parts) == 3 and parts[1].isdecimal() and len(parts[1]) < 4
