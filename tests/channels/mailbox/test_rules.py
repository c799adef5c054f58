"""What a letter becomes by the rule of the address it came to."""

import pytest

from asmo_support.catalog.models import Product, Service
from asmo_support.channels.models import Delivery
from asmo_support.channels.setup import Account, Defaults, save_mailbox
from asmo_support.tickets.models import Ticket
from tests.parts.letters import SUPPORT, letter
from tests.parts.mail import arrive, work


@pytest.fixture
def rule(cast, files_root):
    service = Service.objects.create(name="Разбор ошибок", code="rule-errors")
    product = Product.objects.create(name="АСМО-лицензии", code="rule-licences")
    defaults = Defaults(kind="bug", service=service, product=product, assignee=cast.agent, language="en")
    return save_mailbox(Account(host=""), by=None, address=SUPPORT, way="lmtp", defaults=defaults)


def test_a_ticket_is_what_the_rule_says_and_nobody_has_reacted_yet(cast, rule):
    arrive(letter(cast.customer.email), mailbox=rule)

    ticket = Ticket.objects.get()
    assert (ticket.kind, ticket.service, ticket.product) == ("bug", rule.service, rule.product)
    assert ([row.agent for row in ticket.assignments.all()], ticket.state) == ([cast.agent], "registered")
    assert ticket.clocks.get(target="reaction").met_at is None


def test_who_answers_for_it_hears_of_it_and_the_customer_only_of_the_registration(cast, rule):
    arrive(letter(cast.customer.email), mailbox=rule)
    work()

    told = Delivery.objects.order_by("address").values_list("address", "kind")
    assert set(told) == {(cast.customer.email, "ticket.registered"), (cast.agent.email, "ticket.assigned")}


def test_somebody_who_works_no_more_is_passed_over(cast, rule):
    cast.agent.is_active = False
    cast.agent.save(update_fields=["is_active"])

    arrive(letter(cast.customer.email), mailbox=rule)

    assert Ticket.objects.get().assignments.count() == 0


def test_without_a_rule_a_letter_is_a_consultation_of_nobody(cast, files_root):
    plain = save_mailbox(Account(host=""), by=None, address=SUPPORT, way="lmtp")
    arrive(letter(cast.customer.email), mailbox=plain)

    ticket = Ticket.objects.get()
    assert (ticket.kind, ticket.service, ticket.agents) == ("consultation", None, [])
