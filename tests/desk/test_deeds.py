"""Deeds on a ticket at the desk: taking, assigning, triage, acceptance by phone, refusal, files, deadlines."""

from datetime import UTC, datetime, timedelta

import pytest

from asmo_support.lib.files import keep
from asmo_support.tickets.actions import lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Attachment, Ticket
from tests.cast import ticket_of
from tests.parts.distant import distant

TRIAGE = {"kind": "bug", "standard": "on", "impact": "person", "urgency": "normal"}


@pytest.fixture
def ticket(cast):
    return ticket_of(cast.customer, at=datetime.now(UTC) - timedelta(minutes=10))


def at(ticket, rest=""):
    return f"/desk/tickets/{ticket.number}/{rest}"


def agents(ticket):
    return [one.agent for one in ticket.assignments.select_related("agent")]


def test_taking_makes_me_the_one_who_answers(cast, ticket, sign_in):
    sign_in(cast.agent).post(at(ticket, "work/"))

    assert (Ticket.objects.get().state, agents(ticket)) == ("in_work", [cast.agent])


def test_taking_what_is_taken_is_refused_with_the_reason(cast, ticket, sign_in):
    sign_in(cast.lead).post(at(ticket, "work/"))
    answer = sign_in(cast.agent).post(at(ticket, "work/"))

    said = [str(one) for one in answer.context["messages"]]
    assert (answer.status_code, said) == (409, ["The ticket is in work already."])


def test_taking_what_waits_for_the_customer_says_where_it_is(cast, ticket, sign_in):
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent)
    answer = sign_in(cast.agent).post(at(ticket, "work/"))

    said = [str(one) for one in answer.context["messages"]]
    assert (answer.status_code, said) == (
        409, ["The ticket was taken to work before; now it is “waiting for information”."])  # fmt: skip


@pytest.mark.parametrize("deed", ["triage/", "refusal/"])
def test_who_comes_when_the_ticket_is_over_keeps_the_reason_typed(cast, ticket, sign_in, deed):
    lifecycle.cancel(ticket, by=cast.customer)
    client = sign_in(cast.lead)
    opened, sent = client.get(at(ticket, deed)), client.post(at(ticket, deed), TRIAGE | {"reason": "Это доработка."})

    assert (opened.status_code, sent.status_code) == (409, 409)
    assert sent.context["form"]["reason"].value() == "Это доработка."
    assert len(sent.context["form"].non_field_errors()) == 1


def test_rights_come_before_the_state(cast, ticket, sign_in):
    lifecycle.cancel(ticket, by=cast.customer)
    codes = [sign_in(cast.admin).post(at(ticket, deed)).status_code for deed in ("work/", "triage/", "refusal/")]

    assert codes == [403, 403, 403]


@pytest.mark.parametrize("deed", ["messages/", "notes/", "information-requests/", "resolutions/", "work/",
                                  "planned-dates/", "time/"])  # fmt: skip
def test_the_address_of_a_deed_leads_to_its_ticket(cast, ticket, sign_in, deed):
    answer = sign_in(cast.release).get(at(ticket, deed))

    assert (answer.status_code, answer["Location"]) == (302, at(ticket))


def test_the_first_specialist_answers_and_the_others_help(cast, ticket, sign_in):
    client = sign_in(cast.lead)
    client.post(at(ticket, "assignment/"), {"first": cast.agent.pk, "others": [cast.operator.pk, cast.agent.pk]})
    page = client.get(at(ticket, "assignment/"))

    assert agents(ticket) == [cast.agent, cast.operator]
    assert page.context["form"].initial == {"first": cast.agent.pk, "others": [cast.operator.pk]}


def test_a_person_who_does_not_work_on_tickets_cannot_be_assigned(cast, ticket, sign_in):
    answer = sign_in(cast.lead).post(at(ticket, "assignment/"), {"first": cast.release.pk})

    assert (answer.status_code, agents(ticket)) == (422, [])


def test_triage_that_moves_the_deadline_needs_a_reason(cast, ticket, sign_in):
    client, wanted = sign_in(cast.operator), TRIAGE | {"kind": "change"}
    refused = client.post(at(ticket, "triage/"), wanted)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])

    client.post(at(ticket, "triage/"), wanted | {"reason": "Это доработка."})
    assert (Ticket.objects.get().kind, ticket.clocks.get(target="resolution").state) == ("change", "cancelled")


def test_an_acceptance_by_phone_names_who_said_so(cast, ticket, sign_in):
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent)
    sign_in(cast.operator).post(at(ticket, "resolutions/1/acceptance/"), {"person": cast.colleague.pk})

    done = ticket.resolutions.get()
    assert (done.verdict, done.decided_by, done.recorded_by) == ("accepted", cast.colleague, cast.operator)


def test_a_stranger_cannot_have_accepted(cast, ticket, sign_in):
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent)
    answer = sign_in(cast.operator).post(at(ticket, "resolutions/1/acceptance/"), {"person": cast.stranger.pk})

    assert (answer.status_code, ticket.resolutions.get().verdict) == (422, "proposed")


def test_an_acceptance_of_another_round_is_refused(cast, ticket, sign_in):
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent)
    lifecycle.send_back(ticket, by=cast.customer, reason="Нет.")
    lifecycle.propose_resolution(ticket, Words(text="Теперь готово."), by=cast.agent)
    client, said = sign_in(cast.operator), {"person": cast.customer.pk}
    codes = [client.post(at(ticket, f"resolutions/{n}/acceptance/"), said).status_code for n in (1, 3)]

    assert (codes, [one.verdict for one in ticket.resolutions.all()]) == ([409, 404], ["returned", "proposed"])


def test_refusing_needs_a_reason_and_the_lead_or_the_operator(cast, ticket, sign_in):
    said = {"reason": "Не наш продукт."}
    codes = [
        sign_in(cast.lead).post(at(ticket, "refusal/"), {}).status_code,
        sign_in(cast.agent).post(at(ticket, "refusal/"), said).status_code,
        sign_in(cast.lead).post(at(ticket, "refusal/"), said).status_code,
    ]

    assert (codes, Ticket.objects.get().closing_reason) == ([422, 403, 302], "Не наш продукт.")


@pytest.mark.parametrize("page", ["assignment/", "triage/", "refusal/", "deadline/reaction/", "deadline/resolution/"])
def test_every_deed_has_a_page_without_a_script(cast, ticket, sign_in, page):
    assert sign_in(cast.lead).get(at(ticket, page)).status_code == 200


def test_why_adds_up_to_the_norm(cast, ticket, sign_in):
    told = sign_in(cast.release).get(at(ticket, "deadline/resolution/")).context["told"]

    assert (told.strips[-1].total, told.norm_minutes) == (480.0, 480.0)


def test_a_ticket_without_a_fixed_norm_says_so(cast, sign_in):
    ticket = ticket_of(cast.customer, kind="change")
    answer = sign_in(cast.agent).get(at(ticket, "deadline/resolution/"))

    assert (answer.status_code, answer.context["told"]) == (200, None)


def file_of(ticket, root, name="отчёт.html"):
    kept = keep([b"<script>"], root, name=name, kind="text/html", limit=100)
    return Attachment.objects.create(
        ticket=ticket, organization=ticket.organization, name=kept.name, kind=kept.kind, size=8, sha256=kept.sha256
    )


@pytest.mark.case("AF-01")
def test_a_file_is_always_a_download_that_runs_nowhere(cast, ticket, sign_in, files_root):
    file = file_of(ticket, files_root)
    answer = sign_in(cast.security).get(at(ticket, f"attachments/{file.pk}/"))

    digest = file.sha256
    assert answer["X-Asmo-File"] == f"{digest[:2]}/{digest[2:4]}/{digest}"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert (answer["Content-Security-Policy"], answer.content) == ("sandbox; default-src 'none'", b"")


@pytest.mark.case("TI-03")
def test_a_file_is_found_through_its_own_ticket_only(cast, ticket, sign_in, files_root):
    file, other = file_of(ticket, files_root), ticket_of(cast.customer)

    assert sign_in(cast.agent).get(at(other, f"attachments/{file.pk}/")).status_code == 404
    assert sign_in(cast.customer).get(at(ticket, f"attachments/{file.pk}/")).status_code == 404


def test_the_desk_sees_the_zone_of_the_calendar_in_the_dialog_and_its_own_time_beside(cast, sign_in):
    ticket = distant(cast.customer, cast.admin)
    page = sign_in(cast.agent).get(at(ticket, "deadline/resolution/")).content.decode()

    assert "Times on this page: Novosibirsk, UTC+7. In brackets your own time: Moscow, UTC+3." in page
    assert "till\u00a014:00 (10:00), № " in page
    assert "Asia/" not in page


def test_the_desk_sees_that_a_closed_ticket_has_no_deadline(cast, ticket, sign_in):
    lifecycle.cancel(ticket, by=cast.customer)
    client = sign_in(cast.agent)
    page = client.get(at(ticket)).content.decode()
    why = client.get(at(ticket, "deadline/resolution/")).content.decode()

    assert ("The reaction deadline is lifted" in page, "The resolution deadline is lifted" in page) == (True, True)
    assert "no fixed norm applies" not in page
    assert ("lifted today" in why, "nothing is promised any more" in why, "till\u00a0" in why) == (True, True, False)
