"""The planned date decided by letter: the links of the offer, and a certain word in answer to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.channels import links
from asmo_support.channels.links import ACCEPT, RETURN, Said, Standing
from asmo_support.channels.models import Delivery
from asmo_support.journal import errands
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.tickets.actions import dates
from asmo_support.tickets.models import PlannedDate
from tests.cast import ticket_of
from tests.parts.letters import letter
from tests.parts.mail import arrive

DAY = timezone.localdate() + timedelta(days=14)
LATER = DAY + timedelta(days=7)


@pytest.fixture
def ticket(cast):
    ticket = ticket_of(cast.customer, kind="change")
    dates.offer(ticket, DAY, "Две недели работы.", by=cast.agent)
    return ticket


@pytest.fixture
def link(ticket, cast):
    return links.make(ticket, links.DATE, 1, cast.customer)


def verdicts(ticket):
    return list(ticket.planned_dates.values_list("side", "date", "verdict"))


def test_the_letter_about_a_date_carries_both_links(ticket, cast):
    errands.drain()
    told = Delivery.objects.get(kind="ticket.date-offered", recipient=cast.customer)

    assert (told.link.kind, told.link.n) == (links.DATE, 1)
    assert [links.blank(deed) in told.text for deed in (ACCEPT, RETURN)] == [True, True]


def test_agreeing_by_the_link_makes_the_date_firm(ticket, link, cast):
    links.use(link, ACCEPT, Said())

    ticket.refresh_from_db()
    assert (ticket.planned_at, ticket.planned_agreed) == (DAY, True)
    assert PlannedDate.objects.get().decided_by == cast.customer
    assert links.look(links.fresh(link)).standing is Standing.DECIDED


def test_another_day_by_the_link_is_a_counter_offer_and_ends_the_link(ticket, link):
    links.use(link, RETURN, Said(reason="Раньше не успеем.", day=LATER))

    shown = links.look(links.fresh(link))
    assert verdicts(ticket) == [("provider", DAY, "offered"), ("customer", LATER, "offered")]
    assert (shown.standing, shown.outcome.reason) == (Standing.DECIDED, "Раньше не успеем.")
    with pytest.raises(Conflict):
        links.use(link, ACCEPT, Said())


def test_another_day_needs_the_day(link):
    with pytest.raises(Refused):
        links.use(link, RETURN, Said(reason="Раньше не успеем."))


def test_i_accept_in_answer_to_the_letter_is_consent_and_other_words_are_a_message(ticket, cast):
    errands.drain()
    told = Delivery.objects.get(kind="ticket.date-offered", recipient=cast.customer)
    for text in ("Согласен, но лучше бы раньше.", "Принимаю срок."):
        said = {"In_Reply_To": f"<{told.message_id}>"}
        arrive(letter(told.address, to=told.reply_to, subject=f"Re: {told.subject}", text=text, **said))

    ticket.refresh_from_db()
    assert ticket.planned_agreed is True
    assert verdicts(ticket) == [("provider", DAY, "agreed")]
    assert ticket.messages.count() == 2
