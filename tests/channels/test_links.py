"""One-time links: made by us alone, for one person and one thing, good for one verdict."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.channels import links
from asmo_support.channels.email import tokens
from asmo_support.channels.links import ACCEPT, RETURN, Said, Standing
from asmo_support.channels.models import Delivery, OneTimeLink
from asmo_support.journal import errands
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.tickets.actions import lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Resolution
from tests.cast import ticket_of

KEYS = (b"k" * 32, b"an older key of the house, 32 b")


@pytest.fixture
def link(cast):
    ticket = ticket_of(cast.customer)
    lifecycle.propose_resolution(ticket, Words(text="Исправили шаблон."), by=cast.agent)
    return links.make(ticket, links.RESOLUTION, 1, cast.customer)


def key_of(link):
    return links.address(link, ACCEPT).split("/")[-3]


def test_a_key_holds_for_its_row_and_under_older_secrets():
    key = tokens.link_key(KEYS, 7, "nonce")

    assert (tokens.link_number(key), tokens.link_holds(KEYS, key, "nonce")) == (7, True)
    assert tokens.link_holds(KEYS, tokens.link_key(KEYS[1:], 7, "nonce"), "nonce")


@pytest.mark.parametrize("wrong", ["8-" + "a" * 26, "7-" + "a" * 26, "7", "", "-", "7-", "x" * 4000])
def test_a_guessed_key_holds_for_nothing(wrong):
    assert tokens.link_holds(KEYS, wrong, "nonce") is False


def test_a_key_of_a_row_that_was_made_anew_under_the_same_number_is_dead(link):
    key = key_of(link)
    OneTimeLink.objects.update(nonce="another")

    assert links.found(key) is None


def test_a_link_leads_back_to_its_row_and_is_open(link):
    assert links.found(key_of(link)) == link
    assert links.look(link).standing is Standing.OPEN


def test_accepting_by_a_link_is_the_acceptance_of_its_person(link, cast):
    links.use(link, ACCEPT, Said())

    resolution = Resolution.objects.get()
    assert (resolution.verdict, resolution.decided_by, resolution.recorded_by) == ("accepted", cast.customer, None)
    assert (link.ticket.state, link.used_to) == ("closed", "accept")


def test_returning_by_a_link_asks_for_a_reason_and_keeps_it(link):
    with pytest.raises(Refused):
        links.use(link, RETURN, Said(reason="  "))
    links.use(link, RETURN, Said(reason="Итог удваивается."))

    resolution = Resolution.objects.get()
    assert (resolution.verdict, resolution.reason, link.ticket.state) == ("returned", "Итог удваивается.", "in_work")


def test_after_one_verdict_every_link_to_the_thing_is_spent(link, cast):
    other = links.make(link.ticket, links.RESOLUTION, 1, cast.coordinator)
    links.use(link, RETURN, Said(reason="Не то."))

    for one in (link, other):
        assert links.look(one).standing is Standing.DECIDED
        with pytest.raises(Conflict):
            links.use(one, ACCEPT, Said())


def test_a_link_of_an_earlier_round_does_nothing_to_a_later_one(link, cast):
    lifecycle.send_back(link.ticket, by=cast.customer, reason="Не то.")
    lifecycle.propose_resolution(link.ticket, Words(text="Теперь то."), by=cast.agent)

    with pytest.raises(Conflict):
        links.use(link, ACCEPT, Said())
    assert Resolution.objects.get(n=2).verdict == "proposed"


def test_a_link_ends_after_thirty_days_and_a_reminder_begins_them_anew(link, cast):
    OneTimeLink.objects.update(expires_at=timezone.now())
    link.refresh_from_db()
    assert links.look(link).standing is Standing.EXPIRED
    again = links.make(link.ticket, links.RESOLUTION, 1, cast.customer)

    assert (again, links.look(again).standing) == (link, Standing.OPEN)
    assert timedelta(days=29) < again.expires_at - timezone.now() <= links.LIFE


def test_who_has_left_decides_nothing(link, cast):
    cast.customer.is_active = False
    cast.customer.save()

    with pytest.raises(Conflict):
        links.use(link, ACCEPT, Said())
    assert links.look(links.found(key_of(link))) == links.Shown(link, Standing.DEAD)


def test_who_works_for_another_customer_now_decides_nothing(link, cast):
    cast.customer.organization = cast.abroad
    cast.customer.save()

    assert links.look(links.found(key_of(link))).standing is Standing.DEAD


def test_the_letter_is_kept_with_blank_links_and_sent_with_real_ones(link, cast):
    errands.drain()
    delivery = Delivery.objects.get(link=link)
    kept, sent = delivery.text, links.filled(delivery.text, delivery)

    assert (kept.count("/links/-/"), sent.count("/links/-/")) == (2, 0)
    for deed in (ACCEPT, RETURN):
        assert (links.address(link, deed) in kept, links.address(link, deed) in sent) == (False, True)
        assert links.address(link, deed) in links.filled(delivery.html, delivery)


def test_a_letter_of_the_desk_has_no_links(link, cast):
    lifecycle.send_back(link.ticket, by=cast.customer, reason="Не то.")
    errands.drain()

    assert not Delivery.objects.filter(internal=True, text__contains="/links/").exists()
    assert set(OneTimeLink.objects.values_list("person__email", flat=True)) == {cast.customer.email}
