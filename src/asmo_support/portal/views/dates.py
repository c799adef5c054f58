"""The planned date on the portal: agreeing, offering another day, declining, taking one's own offer back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from asmo_support.portal.forms import PlanForm, ReasonForm
from asmo_support.portal.views.deeds import answer
from asmo_support.tickets.access import may_plan, may_reply
from asmo_support.tickets.actions import dates
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.planned import day_off_words
from asmo_support.tickets.queries import has_offer
from asmo_support.ui.answering import attempt
from asmo_support.ui.guard import even_late, guard
from asmo_support.ui.request import SignedIn


# Whether the ticket allows it is asked by the action: whoever comes second keeps the words.
@guard(Ticket, may=may_reply, by="number", back="portal:ticket")
@even_late
def offers(request: SignedIn, ticket: Ticket) -> HttpResponse:
    form = PlanForm(request.POST)
    done = attempt(
        form,
        lambda: dates.offer(ticket, form.cleaned_data["date"], form.cleaned_data["reason"], by=request.user),
        request.verdict,
    )
    said = (
        [_("Sent: we answer whether the day suits."), day_off_words(ticket, form.cleaned_data["date"])] if done else []
    )
    return answer(request, ticket, " ".join(filter(None, said)), plan_form=form)


@guard(Ticket, may=may_plan, by="number", there=has_offer, back="portal:ticket")
@even_late
def acceptance(request: SignedIn, ticket: Ticket, n: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = attempt(form, lambda: dates.agree(ticket, n, by=request.user), request.verdict)
    return answer(request, ticket, _("The date is agreed. Thank you.") if done else "", plan_form=form)


@guard(Ticket, may=may_plan, by="number", there=has_offer, back="portal:ticket")
@even_late
def refusal(request: SignedIn, ticket: Ticket, n: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    done = attempt(
        form, lambda: dates.decline(ticket, n, form.cleaned_data["reason"], by=request.user), request.verdict
    )
    return answer(request, ticket, _("Done; the support desk knows.") if done else "", plan_form=form)
