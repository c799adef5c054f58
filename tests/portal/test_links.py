"""The pages behind the links of a letter: nobody signs in, reading changes nothing, the button decides."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from asmo_support.channels import links
from asmo_support.channels.links import ACCEPT, RETURN
from asmo_support.channels.models import OneTimeLink
from asmo_support.journal.models import Event
from asmo_support.tickets.actions import dates, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Resolution
from tests.cast import ticket_of


@pytest.fixture
def link(cast):
    cast.customer.language = "en"
    cast.customer.save()
    ticket = ticket_of(cast.customer, subject="Не суммируются часы")
    lifecycle.propose_resolution(ticket, Words(text="Исправили запрос."), by=cast.agent)
    return links.make(ticket, links.RESOLUTION, 1, cast.customer)


def path(link, deed=ACCEPT):
    return links.address(link, deed).removeprefix("http://localhost:8000")


def verdict(link):
    resolution = Resolution.objects.get(ticket=link.ticket, n=link.n)
    return resolution.verdict, resolution.decided_by, resolution.reason


@pytest.mark.case("PW-04")
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_whatever_follows_a_link_without_pressing_changes_nothing(link, method):
    for deed in (ACCEPT, RETURN):
        answer = getattr(Client(), method)(path(link, deed))
        assert answer.status_code == (200 if method in {"get", "head"} else 405)

    assert verdict(link) == ("proposed", None, "")


def test_the_page_shows_what_is_decided_and_who_decides(link, cast):
    answer = Client().get(path(link))

    page = answer.content.decode()
    for words in ("Исправили запрос.", f"№ {link.ticket.number}", "You decide as Марина Ковалёва", "Accept and close"):
        assert words in page
    assert {name: answer[name] for name in ("X-Robots-Tag", "Cache-Control", "Referrer-Policy", "Content-Language")} == {
        "X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store", "Referrer-Policy": "same-origin",
        "Content-Language": "en",
    }  # fmt: skip


def test_the_button_accepts_in_the_persons_name_and_the_page_then_tells_it(link, cast):
    answer = Client().post(path(link), follow=True)

    assert verdict(link) == ("accepted", cast.customer, "")
    assert Event.objects.get(kind="ticket.resolution-accepted").data["via"] == "link"
    assert (answer.status_code, "Accepted, the ticket is closed" in answer.content.decode()) == (200, True)


def test_a_return_needs_its_reason_and_keeps_what_was_typed(link, cast):
    empty = Client().post(path(link, RETURN), {"reason": " "})
    assert (empty.status_code, verdict(link)[0]) == (422, "proposed")
    Client().post(path(link, RETURN), {"reason": "Итог удваивается."})

    assert verdict(link) == ("returned", cast.customer, "Итог удваивается.")


@pytest.mark.case("PW-04")
def test_a_form_of_another_site_decides_nothing(link):
    strict = Client(enforce_csrf_checks=True)
    strict.get(path(link))

    assert (strict.post(path(link)).status_code, verdict(link)[0]) == (403, "proposed")


def test_what_was_decided_elsewhere_is_told_calmly_and_not_decided_again(link, cast):
    lifecycle.send_back(link.ticket, by=cast.colleague, reason="Ещё не всё.")
    read, pressed = Client().get(path(link)), Client().post(path(link))

    for answer in (read, pressed):
        assert (answer.status_code, "Ещё не всё." in answer.content.decode()) == (200, True)
    assert verdict(link) == ("returned", cast.colleague, "Ещё не всё.")


def test_a_spent_link_says_that_a_later_resolution_waits(link, cast):
    lifecycle.send_back(link.ticket, by=cast.customer, reason="Не то.")
    before = Client().get(path(link)).content.decode()
    lifecycle.propose_resolution(link.ticket, Words(text="Теперь то."), by=cast.agent)
    after = Client().get(path(link)).content.decode()

    waits, over = "we have proposed another resolution", "Nothing more is needed from you now"
    assert [waits in before, over in before, waits in after, over in after] == [False, True, True, False]


def test_a_spent_link_says_that_a_later_date_waits(cast):
    ticket = ticket_of(cast.customer, kind="change", at=None)
    for days in (30, 60):
        dates.offer(ticket, timezone.localdate() + timedelta(days=days), "Войдёт в выпуск.", by=cast.agent)

    old, new = (Client().get(path(links.make(ticket, links.DATE, n, cast.customer))).content.decode() for n in (1, 2))
    assert ["мы предложили другой срок" in page for page in (old, new)] == [True, False]


@pytest.mark.case("AU-07")
@pytest.mark.parametrize("change", [{"is_active": False}, {"organization": "abroad"}])
def test_a_link_of_who_is_gone_says_nothing_of_the_ticket(link, cast, change):
    for name, value in change.items():
        setattr(cast.customer, name, getattr(cast, value) if value == "abroad" else value)
    cast.customer.save()
    for answer in (Client().get(path(link)), Client().post(path(link))):
        page = answer.content.decode()
        assert (answer.status_code, "часы" in page, "Исправили" in page) == (410, False, False)

    assert verdict(link)[0] == "proposed"


def test_after_its_term_a_link_sends_to_the_sign_in_page(link, cast):
    OneTimeLink.objects.update(expires_at=link.made_at)

    assert (Client().post(path(link)).status_code, verdict(link)[0]) == (410, "proposed")


def test_a_key_we_never_made_is_no_page(link):
    for key in ("-", "1-" + "a" * 26, str(link.pk)):
        assert Client().get(f"/links/{key}/acceptance/").status_code == 404


@pytest.mark.parametrize(("who", "decides"), [("stranger", False), ("agent", False), ("customer", True)])
def test_a_link_decides_nothing_for_somebody_who_is_known_to_be_another(link, cast, who, decides):
    client = Client()
    client.force_login(getattr(cast, who), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(path(link)).content.decode()
    answer = client.post(path(link))

    assert (answer.status_code, verdict(link)[0] == "accepted") == (302 if decides else 403, decides)
    assert ("you have signed in here as" in page, "<form" in page) == (not decides, decides)


def test_markup_of_a_resolution_stays_text_on_the_page(link):
    Resolution.objects.update(text="<script>alert(1)</script>")

    assert "<script>alert" not in Client().get(path(link)).content.decode()


def test_the_link_of_a_date_says_that_the_ticket_is_over(cast):
    ticket = ticket_of(cast.customer, kind="change", at=None)
    dates.offer(ticket, timezone.localdate() + timedelta(days=30), "Войдёт в выпуск.", by=cast.agent)
    link = links.make(ticket, links.DATE, 1, cast.customer)
    lifecycle.refuse(ticket, by=cast.lead, reason="Не наш продукт.")
    read, pressed = Client().get(path(link)), Client().post(path(link))

    words = "Обращение завершено, и предложение срока отпало"
    assert [words in one.content.decode() for one in (read, pressed)] == [True, True]
    assert ticket.planned_dates.get().verdict == "lapsed"
