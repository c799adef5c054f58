"""Contracts: the list of what ends and what is drawn, the page of one, its form and its documents."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.contracts import queries
from asmo_support.contracts.access import may_keep_contract, may_read_contract
from asmo_support.contracts.actions.keeping import add_contract, change_contract, mark_of
from asmo_support.contracts.actions.papers import attach_papers, remove_paper
from asmo_support.contracts.models import Contract
from asmo_support.contracts.sentences import sentence
from asmo_support.desk.forms.contracts import ContractForm, PapersForm
from asmo_support.lib.text import clean
from asmo_support.people.access import may_keep_customers
from asmo_support.people.models import Organization
from asmo_support.sla.queries import rules_on
from asmo_support.sla.regulations import is_odd
from asmo_support.tickets.paid import work_under
from asmo_support.tickets.promises import promises_of
from asmo_support.ui.answering import UNPROCESSABLE, attempt, status_of
from asmo_support.ui.guard import READ, NotAllowed, guard
from asmo_support.ui.request import SignedIn, asked_page
from asmo_support.ui.sending import send_file
from asmo_support.ui.uploads import keep_files

ENTRIES, EVENTS = 50, 30


@guard(methods=READ)
def index(request: SignedIn) -> HttpResponse:
    """What ends soon, what has ended, where hours run out."""
    section = request.GET.get("section", "")
    section = section if section in queries.SECTIONS else "active"
    words = clean(request.GET.get("words", ""))[:200]
    page = asked_page(request)
    today = timezone.localdate()
    found = queries.listing(request.user, section, today, words=words, page=page)
    context = {"found": found, "section": section, "words": words, "page": page, "today": today}
    rows = [(one, one.days_left(today)) for one in found.rows]
    context |= {"rows": rows, "sections": _sections(found.counts)}
    return render(request, "desk/contracts/index.html", context)


@guard(Contract, may=may_read_contract, methods=READ)
def show(request: SignedIn, contract: Contract) -> HttpResponse:
    return _page(request, contract, PapersForm())


@guard(Organization, may=may_keep_customers)
def new(request: SignedIn, organization: Organization) -> HttpResponse:
    form = ContractForm(request.POST if request.method == "POST" else None)
    made: list[Contract] = []
    if attempt(form, lambda: made.append(add_contract(organization, form.facts(), by=request.user))):
        messages.success(request, _("The contract is written down."))
        _warn(request, form)
        return redirect("desk:contract", made[0].pk)
    return _form(request, form, organization, None)


@guard(Contract, may=may_keep_contract)
def details(request: SignedIn, contract: Contract) -> HttpResponse:
    form = ContractForm(request.POST if request.method == "POST" else None, contract=contract)
    if attempt(form, lambda: change_contract(
        contract, form.facts(), by=request.user, seen=request.POST.get("seen", ""))):  # fmt: skip
        messages.success(request, _("Saved."))
        _warn(request, form)
        return redirect("desk:contract", contract.pk)
    return _form(request, form, contract.organization, contract)


@guard(Contract, may=may_keep_contract, back="desk:contract")
def papers(request: SignedIn, contract: Contract) -> HttpResponse:
    form = PapersForm(request.POST, request.FILES)
    if attempt(form, lambda: attach_papers(
        contract, keep_files(form.cleaned_data["files"], (), request.user), by=request.user)):  # fmt: skip
        messages.success(request, _("The documents are attached."))
        return redirect("desk:contract", contract.pk)
    return _page(request, contract, form)


@guard(Contract, may=may_read_contract, methods=READ)
def paper(request: SignedIn, contract: Contract, file: int) -> HttpResponse:
    found = queries.paper(contract, file)
    if found is None:
        raise Http404
    return send_file(found.sha256, found.name)


@guard(Contract, may=may_read_contract, there=queries.has_paper, back="desk:contract")
def paper_removal(request: SignedIn, contract: Contract, file: int) -> HttpResponse:
    found = queries.paper(contract, file)
    if found is None:
        raise Http404
    verdict = may_keep_contract(request.user, contract)
    if not verdict:
        raise NotAllowed(verdict.reason)
    remove_paper(found, by=request.user)
    messages.success(request, _("The document is removed; history keeps its name."))
    return redirect("desk:contract", contract.pk)


def _page(request: SignedIn, contract: Contract, form: PapersForm) -> HttpResponse:
    today, shown = timezone.localdate(), queries.whole(contract, request.user)
    entries = list(work_under(shown, request.user)[: ENTRIES + 1])
    context = {
        "contract": shown,
        "promises": promises_of(shown, today),
        "days_left": shown.days_left(today),
        "in_force": shown.is_in_force(today),
        "today": today,
        "entries": entries[:ENTRIES],
        "more": len(entries) > ENTRIES,
        "events": [(event, sentence(event)) for event in queries.history(shown, EVENTS)],
        "form": form,
        "may_keep": may_keep_contract(request.user, shown),
    }
    return render(request, "desk/contracts/show.html", context, status=UNPROCESSABLE if form.errors else 200)


def _form(request: SignedIn, form: ContractForm, organization: Organization, contract: Contract | None) -> HttpResponse:
    chosen = contract.regulation_id if contract else None
    rules = rules_on(chosen, timezone.localdate())
    for norm in form.norms:
        kind, critical, standard = norm.case
        norm.usually(rules.norms(kind, critical=critical, standard=standard))
    context = {
        "form": form,
        "organization": organization,
        "contract": contract,
        "norms": form.norms,
        "mark": mark_of(contract) if contract else "",
    }
    return render(request, "desk/contracts/form.html", context, status=status_of(form))


def _warn(request: SignedIn, form: ContractForm) -> None:
    if any(is_odd(one.reaction_minutes, one.resolution_minutes) for one in form.facts()["norms"]):
        messages.warning(request, _("Somewhere the reaction norm is longer than the resolution norm: look again."))


def _sections(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    labels = {
        "active": _("In force"),
        "ending": _("End within 60 days"),
        "expired": _("Ended"),
        "scarce": _("Hours run out"),
        "all": _("All of them"),
    }
    return [(name, labels[name], counts[name]) for name in queries.SECTIONS]
