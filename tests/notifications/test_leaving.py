"""The link under a letter that is not personal: reading changes nothing, a mail program's post is enough (RFC 8058)."""

import re

import pytest
from django.test import Client

from asmo_support.channels import unsubscribing
from asmo_support.channels.email import send
from asmo_support.channels.links import without_links
from asmo_support.channels.models import Delivery
from asmo_support.journal import errands
from asmo_support.notifications import choosing
from asmo_support.notifications.choosing import Wishes
from asmo_support.notifications.models import Choice
from asmo_support.notifications.moments import Rhythm
from asmo_support.tickets import events
from asmo_support.tickets.actions import assignment, lifecycle
from asmo_support.tickets.actions.conversation import Words
from tests.cast import ticket_of
from tests.parts.mail import server_at

pytestmark = pytest.mark.mail
SITE = "http://localhost:8000"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path(person, kind="progress"):
    return unsubscribing.address(person.pk, kind).removeprefix(SITE)


def chosen(person):
    return Choice.objects.of(person)


def sent(cast, smtp_sink):
    server_at(smtp_sink)
    ticket = ticket_of(cast.customer)
    assignment.assign(ticket, [cast.agent], by=cast.lead)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent)
    errands.drain()
    send.drain()
    return smtp_sink.of(cast.customer.email)


def test_only_what_is_not_personal_carries_the_headers_and_the_link(cast, smtp_sink):
    registered, taken, asked = sent(cast, smtp_sink)
    address = unsubscribing.address(cast.customer.pk, "progress")

    assert taken["List-Unsubscribe"].strip() == f"<{address}>"
    assert taken["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for part in taken.iter_parts():
        assert address in part.get_content()
    assert [one["List-Unsubscribe"] for one in (registered, asked)] == [None, None]
    assert "/links/notices/" not in str(asked) + str(registered)


def test_the_key_lies_nowhere_in_the_database(cast, smtp_sink):
    sent(cast, smtp_sink)

    (kept,) = Delivery.objects.filter(kind=events.TAKEN, address=cast.customer.email)
    assert re.findall(r"/links/notices/[^/]*/", kept.text + kept.html) == ["/links/notices/-/"] * 2


@pytest.mark.case("PW-04")
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_whatever_follows_the_link_without_pressing_changes_nothing(cast, method):
    answer = getattr(Client(), method)(path(cast.customer))

    assert answer.status_code == (200 if method in {"get", "head"} else 405)
    assert chosen(cast.customer) == {}


def test_a_mail_program_posts_once_without_a_cookie(cast):
    answer = Client(enforce_csrf_checks=True).post(path(cast.customer), ONE_CLICK)

    assert (answer.status_code, chosen(cast.customer)) == (200, {"progress": "never"})


def test_a_person_presses_and_takes_it_back_on_the_same_page(cast):
    choosing.choose(cast.customer, Wishes({"progress": "daily", "entrusted": "now"}, Rhythm()))
    client = Client(enforce_csrf_checks=True)
    page = client.post(path(cast.customer, "all"), follow=True).content.decode()
    gone = chosen(cast.customer)
    client.post(path(cast.customer, "all"), {"again": "1"})

    assert "Эти письма больше не приходят" in page
    assert gone == {"progress": "never", "entrusted": "never"}
    assert chosen(cast.customer) == {"progress": "daily", "entrusted": "now"}


@pytest.mark.parametrize("change", [
    lambda key: key.replace("progress", "all"),
    lambda key: "1" + key,
    lambda key: key[:-1] + ("a" if key[-1] != "a" else "b"),
    lambda key: key + "a",
])  # fmt: skip
def test_a_key_that_we_did_not_make_opens_nothing(cast, change):
    key = path(cast.customer).removeprefix("/links/notices/").strip("/")
    answers = [getattr(Client(), method)(f"/links/notices/{change(key)}/") for method in ("get", "post")]

    assert [one.status_code for one in answers] == [404, 404]
    assert Choice.objects.count() == 0


def test_of_what_one_does_not_get_any_more_there_is_nothing_to_switch_off(cast):
    answer = Client().post(path(cast.customer, "deadlines"))

    assert (answer.status_code, chosen(cast.customer)) == (410, {})


def test_a_quoted_letter_gives_no_key_away(cast):
    quoted = f"> Больше не присылать: {unsubscribing.address(cast.customer.pk, 'progress')}"

    assert without_links(quoted) == f"> Больше не присылать: {unsubscribing.blank()}"
