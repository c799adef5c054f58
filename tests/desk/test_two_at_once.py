"""Two people of the desk fill the same form at once: neither undoes what the other has done unseen."""

import re
from html import unescape

import pytest
from django.utils import timezone

from asmo_support.contracts.actions.keeping import add_contract
from asmo_support.contracts.models import Contract
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of

HIDDEN = re.compile(r'<input type="hidden" name="seen" value="([^"]*)"')


@pytest.fixture
def ticket(cast):
    facts = {"number": "45-С", "kind": "support", "starts_on": timezone.localdate()}
    add_contract(cast.home, facts, by=cast.operator)
    return ticket_of(cast.customer, at=None)


def filled(page, **changes):
    """What a browser sends of the form that this page shows."""
    sent = page.context["form"].initial | changes
    return {name: value for name, value in sent.items() if value}


def seen_on(page):
    return unescape(HIDDEN.search(page.content.decode())[1])


def test_triage_changes_only_what_its_writer_changed(cast, ticket, sign_in):
    first, second = sign_in(cast.lead), sign_in(cast.agent)
    path = f"/desk/tickets/{ticket.number}/triage/"
    early, late = first.get(path), second.get(path)
    first.post(path, filled(early, critical="on", urgency="high", reason="Работа стоит."))
    answer = second.post(path, filled(late, impact="department"))

    ticket.refresh_from_db()
    assert (answer.status_code, ticket.critical, ticket.urgency, ticket.impact) == (302, True, "high", "department")


def test_triage_of_the_same_thing_is_refused_until_the_writer_has_seen_it(cast, ticket, sign_in):
    first, second = sign_in(cast.lead), sign_in(cast.agent)
    path = f"/desk/tickets/{ticket.number}/triage/"
    early, late = first.get(path), second.get(path)
    first.post(path, filled(early, kind="consultation", urgency="high", reason="Это вопрос."))
    refused = second.post(path, filled(late, kind="change", reason="Это доработка."))
    shown = refused.context["form"]
    again = {name: shown[name].value() for name in shown.fields if shown[name].value()}
    kept = Ticket.objects.get(pk=ticket.pk).kind
    answer = second.post(path, again)

    ticket.refresh_from_db()
    assert (refused.status_code, kept, "Now: kind: consultation." in refused.content.decode()) == (
        409, "consultation", True)  # fmt: skip
    assert (answer.status_code, ticket.kind, ticket.urgency) == (302, "change", "high")


def test_another_s_choice_of_contract_is_not_undone_unseen(cast, ticket, sign_in):
    first, second = sign_in(cast.lead), sign_in(cast.agent)
    path = f"/desk/tickets/{ticket.number}/coverage/"
    mark = seen_on(second.get(path))
    contract = Contract.objects.get()
    first.post(path, {"contract": contract.pk, "coverage": "specification", "reason": "По спецификации.", "seen": mark})
    sent = {"contract": contract.pk, "coverage": "outside", "reason": "Вне договора.", "seen": mark}
    refused = second.post(path, sent)
    kept = Ticket.objects.get(pk=ticket.pk).coverage
    answer = second.post(path, sent | {"seen": seen_on(refused)})

    ticket.refresh_from_db()
    assert (refused.status_code, kept, answer.status_code, ticket.coverage) == (409, "specification", 302, "outside")


def test_a_mistake_in_the_form_does_not_hide_what_another_has_written(cast, ticket, sign_in):
    first, second = sign_in(cast.lead), sign_in(cast.operator)
    path = f"/desk/contracts/{Contract.objects.get().pk}/details/"
    form = {"number": "45-С", "kind": "support", "starts_on": "2026-01-01", "place": "remote", "rounding_minutes": "15",
            "seen": seen_on(second.get(path))}  # fmt: skip
    first.post(path, form | {"number": "45-Т"})
    mistaken = second.post(path, form | {"starts_on": "вчера"})
    answer = second.post(path, form | {"seen": seen_on(mistaken)})

    assert (mistaken.status_code, answer.status_code, Contract.objects.get().number) == (422, 409, "45-Т")
