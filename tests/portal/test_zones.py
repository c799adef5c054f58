"""Times are Moscow's; a customer whose own clock shows another time reads that beside them."""

import re
from datetime import time

import pytest

from asmo_support.channels.models import Delivery
from asmo_support.journal import errands
from asmo_support.notifications.models import Preference
from asmo_support.tickets import events
from asmo_support.ui.words import NBSP
from tests.cast import NOW, ticket_of

OWN = re.compile(rf"\(у{NBSP}вас [^)]*\)")


def page_of(client, path, zone):
    if zone:
        client.cookies["zone"] = zone
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Asia/Vladivostok", "17:00"), ("Europe/Minsk", ""), ("Nowhere/At-all", ""), ("../../etc/passwd", ""), ("", "")],
)
def test_a_customer_elsewhere_reads_each_time_by_the_own_clock_too(cast, browser, zone, said):
    ticket = ticket_of(cast.customer, at=NOW)
    found = OWN.findall(page_of(browser(cast.customer), f"/tickets/{ticket.number}/", zone))

    assert (f"(у{NBSP}вас {said})" in found, bool(found)) == (bool(said), bool(said))


def test_the_zone_that_was_chosen_goes_before_the_machine_s(cast, browser):
    ticket = ticket_of(cast.customer, at=NOW)
    client = browser(cast.customer)
    form = client.get("/notices/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
    saved = client.post("/notices/", sent | {"zone": "Asia/Omsk"})

    assert saved.status_code == 302
    assert f"(у{NBSP}вас 13:00)" in page_of(client, f"/tickets/{ticket.number}/", "Asia/Vladivostok")


def test_the_desk_reads_the_time_of_the_desk(cast, browser):
    ticket = ticket_of(cast.customer, at=NOW)

    assert OWN.findall(page_of(browser(cast.agent), f"/desk/tickets/{ticket.number}/", "Asia/Vladivostok")) == []


def test_a_letter_tells_a_deadline_by_the_reader_s_clock_too(cast):
    Preference.objects.create(
        person=cast.customer, organization=cast.home, zone="Asia/Vladivostok", daily_at=time(9)
    )  # fmt: skip
    ticket_of(cast.customer, at=None)
    ticket_of(cast.colleague, at=None)
    errands.drain()
    letters = {
        person: Delivery.objects.get(address=person.email, kind=events.REGISTERED).text
        for person in (cast.customer, cast.colleague)
    }

    assert ["(у вас " in letters[one] for one in (cast.customer, cast.colleague)] == [True, False]
