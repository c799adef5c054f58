"""What the organization bought: a contract with its hours, and its documents for the coordinator."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from asmo_support.contracts import queries
from asmo_support.contracts.access import may_read_contract, may_read_papers
from asmo_support.contracts.models import Contract
from asmo_support.tickets.paid import work_under
from asmo_support.tickets.promises import promises_of
from asmo_support.ui.guard import READ, NotAllowed, guard
from asmo_support.ui.request import SignedIn
from asmo_support.ui.sending import send_file

ENTRIES = 100


@guard(Contract, may=may_read_contract, methods=READ)
def show(request: SignedIn, contract: Contract) -> HttpResponse:
    """Hours as a whole; the work behind them only of tickets this person may see."""
    today, shown = timezone.localdate(), queries.whole(contract, request.user)
    entries = list(work_under(shown, request.user)[: ENTRIES + 1])
    context = {
        "contract": shown,
        "promises": promises_of(shown, today),
        "days_left": shown.days_left(today),
        "entries": entries[:ENTRIES],
        "more": len(entries) > ENTRIES,
        "seen": sum(one.charged_minutes for one in entries[:ENTRIES]),
        "may_read_papers": may_read_papers(request.user, shown),
    }
    return render(request, "portal/contract.html", context)


@guard(Contract, may=may_read_contract, methods=READ)
def paper(request: SignedIn, contract: Contract, file: int) -> HttpResponse:
    found = queries.paper(contract, file)
    if found is None:
        raise Http404
    verdict = may_read_papers(request.user, contract)
    if not verdict:
        raise NotAllowed(verdict.reason)
    return send_file(found.sha256, found.name)
