"""Contracts at the desk: the list of what ends, the page with its hours and documents, the form with all its parts."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asmo_support.catalog.models import Module, Product
from asmo_support.contracts.models import Contract, ContractFile
from asmo_support.lib.files import location
from asmo_support.tickets.actions.work import Work, write_down
from tests.cast import ticket_of

SAID = {"number": "45-С/2026", "kind": "support", "starts_on": "2026-01-01", "place": "remote", "ends_on": "2199-01-01"}


def write(client, cast, **more):
    return client.post(f"/desk/customers/{cast.home.pk}/contracts/new/", SAID | more)


def at(contract, rest=""):
    return f"/desk/contracts/{contract.pk}/{rest}"


def mark(client, contract):
    return re.search(r'name="seen" value="(\w+)"', client.get(at(contract, "details/")).content.decode())[1]


def cost_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_everything_of_the_form_is_kept_and_shown_again(cast, sign_in):
    product = Product.objects.create(code="eco", name="Экология")
    module = Module.objects.create(product=product, code="air", name="Воздух")
    client = sign_in(cast.operator)
    answer = write(
        client, cast, cost="1 250 000,50", budget_minutes="40", rounding_minutes="30", note="Акты раз в квартал.",
        scope=[f"m{module.pk}"],
        **{"licence-0-product": product.pk, "licence-0-count": "5", "licence-0-specification": "ТЗ-1",
           "norm-0-reaction_minutes": "1", "norm-0-resolution_minutes": "3:30", "norm-7-planned": "on"},
    )  # fmt: skip
    made = Contract.objects.get()

    assert answer["Location"] == at(made)
    assert (made.cost, made.budget_minutes, made.rounding_minutes) == (Decimal("1250000.50"), 2400, 30)
    names = ("kind", "critical", "standard", "reaction_minutes", "resolution_minutes", "planned")
    assert list(made.norms.values_list(*names)) == [
        ("bug", True, True, 60, 210, False),
        ("change", False, False, None, None, True),
    ]
    page = client.get(at(made, "details/")).content.decode()
    for shown in ('value="1 250 000,50"', 'value="40"', 'value="3:30"', 'value="ТЗ-1"', "Акты раз в квартал."):
        assert page.count(shown.replace(" ", "\u00a0") if "250" in shown else shown) == 1


def test_an_empty_norm_is_as_in_the_regulation_and_nought_is_no_promise(cast, sign_in):
    client = sign_in(cast.operator)
    write(client, cast, **{"norm-2-reaction_minutes": "1", "norm-4-resolution_minutes": "нет"})
    made = Contract.objects.get()
    form, page = (client.get(at(made, rest)).content.decode() for rest in ("details/", ""))

    assert list(made.norms.values_list("kind", "reaction_minutes", "resolution_minutes")) == [
        ("bug", 60, None), ("consultation", None, 0)]  # fmt: skip
    assert form.count('placeholder="8\u00a0h"') == 4
    assert form.count('name="norm-4-resolution_minutes" value="no"') == 1
    lines = [re.findall(r"<span( class=.strong.)?>([^<]+)</span>", line) for line in page.split("<tr>")]
    own, usual = ' class="strong"', ""
    assert lines[4][:2] == [(own, "1\u00a0h"), (usual, "8\u00a0h")]
    assert lines[6][:2] == [(usual, "2\u00a0h"), (own, "no promise")]


def test_what_somebody_else_has_written_meanwhile_is_not_overwritten_unseen(cast, sign_in):
    client = sign_in(cast.operator)
    write(client, cast, note="Было.")
    made = Contract.objects.get()
    seen = mark(client, made)
    client.post(at(made, "details/"), SAID | {"note": "Второй.", "cost": "100", "seen": seen})
    late = client.post(at(made, "details/"), SAID | {"note": "Первый.", "seen": seen})
    page = late.content.decode()

    assert (late.status_code, Contract.objects.get().note) == (409, "Второй.")
    assert "Первый." in page
    assert "save again" in page
    fresh = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert client.post(at(made, "details/"), SAID | {"note": "Первый.", "seen": fresh}).status_code == 302
    assert Contract.objects.get().note == "Первый."


@pytest.mark.parametrize(
    "wrong",
    [{"cost": "-5"}, {"cost": "много"}, {"budget_minutes": "0"}, {"budget_minutes": "-1"}, {"ends_on": "2025-01-01"},
     {"norm-0-reaction_minutes": "-2"}, {"licence-0-count": "5"},
     {"norm-1-resolution_minutes": "2", "norm-1-planned": "on"}],
)  # fmt: skip
def test_what_makes_no_sense_comes_back_with_a_sentence(cast, sign_in, wrong):
    answer = write(sign_in(cast.operator), cast, **wrong)

    assert (answer.status_code, Contract.objects.count()) == (422, 0)
    assert answer.content.decode().count('class="error"') >= 1


def test_the_last_day_of_a_contract_is_a_day_of_it(cast, sign_in):
    client, today = sign_in(cast.operator), timezone.localdate()
    write(client, cast, ends_on=(today + timedelta(days=1)).isoformat())
    made, ticket = Contract.objects.get(), ticket_of(cast.customer, at=timezone.now())
    pages = (at(made), "/desk/contracts/", f"/desk/tickets/{ticket.number}/")
    before = [client.get(page).content.decode() for page in pages]
    Contract.objects.update(ends_on=today)
    last = [client.get(page).content.decode() for page in pages]

    assert ["1 day more" in page for page in before] == [True, True, True]
    assert "In force up to and including" in before[2]
    assert ["last day" in page for page in last] == [True, True, True]


def test_the_list_has_its_sections_and_finds_by_number_and_customer(cast, sign_in):
    client, today = sign_in(cast.release), timezone.localdate()
    ends = {"1-А": today - timedelta(1), "2-Б": today, "3-В": today + timedelta(60), "4-Г": today + timedelta(61)}
    for number, end in ends.items():
        Contract.objects.create(
            organization=cast.home, number=number, kind="support", starts_on=date(2026, 1, 1), ends_on=end
        )
    Contract.objects.filter(number="4-Г").update(budget_minutes=100, drawn_minutes=80)

    def numbers(query):
        return [one.number for one in client.get(f"/desk/contracts/?{query}").context["found"].rows]

    assert numbers("section=active") == ["2-Б", "3-В", "4-Г"]
    assert numbers("section=ending") == ["2-Б", "3-В"]
    assert numbers("section=expired") == ["1-А"]
    assert numbers("section=scarce") == ["4-Г"]
    assert (numbers("section=all&words=3-в"), numbers("section=all&words=кама")) == (["3-В"], list(ends))
    assert numbers("section=x&page=²&words=%00") == ["2-Б", "3-В", "4-Г"]


def test_the_pages_cost_the_same_however_much_there_is(cast, sign_in):
    client = sign_in(cast.lead)
    write(sign_in(cast.operator), cast, budget_minutes="10")
    made, ticket = Contract.objects.get(), ticket_of(cast.customer, at=timezone.now())

    def fill(n):
        for _ in range(n):
            spent = Work(minutes=20, day=timezone.localdate(), text="Разбор")
            write_down(ticket, spent, by=cast.agent)
            ContractFile.objects.create(contract=made, organization=cast.home, name="a", size=1, sha256="a" * 64)

    places = ("/desk/contracts/", at(made), at(made, "details/"), f"/desk/tickets/{ticket.number}/")
    fill(1)
    client.get("/desk/")
    before = [cost_of(client, place) for place in places]
    fill(3)
    for number in ("2", "3", "4"):
        write(sign_in(cast.operator), cast, number=number)
    after = [cost_of(client, place) for place in places]

    assert (after, before[0] <= 12, before[3] <= 20) == (before, True, True)


@pytest.mark.case("AF-01")
def test_a_document_goes_out_as_a_download_and_is_removed_by_who_keeps_customers(cast, sign_in, files_root):
    keeper, reader = sign_in(cast.operator), sign_in(cast.agent)
    write(keeper, cast)
    made = Contract.objects.get()
    keeper.post(at(made, "files/"), {"files": [SimpleUploadedFile("Договор.html", b"<script>", "text/html")]})
    paper = ContractFile.objects.get()
    sent = reader.get(at(made, f"files/{paper.pk}/"))

    assert (sent["X-Asmo-File"], sent["Content-Type"], sent["Content-Security-Policy"]) == (
        location(paper.sha256), "application/octet-stream", "sandbox; default-src 'none'")  # fmt: skip
    assert reader.post(at(made, f"files/{paper.pk}/removal/")).status_code == 403
    keeper.post(at(made, f"files/{paper.pk}/removal/"))
    assert (ContractFile.objects.count(), keeper.get(at(made, f"files/{paper.pk}/")).status_code) == (0, 404)


@pytest.mark.case("TI-03")
def test_a_document_is_found_through_its_own_contract_only(cast, sign_in, files_root):
    client = sign_in(cast.operator)
    write(client, cast)
    write(client, cast, number="2")
    own, other = Contract.objects.order_by("id")
    client.post(at(own, "files/"), {"files": [SimpleUploadedFile("a.txt", b"a")]})

    assert client.get(at(other, f"files/{ContractFile.objects.get().pk}/")).status_code == 404


def test_too_large_a_document_is_refused_in_words(cast, sign_in, files_root, settings):
    settings.ATTACHMENT_LIMIT = 4
    client = sign_in(cast.operator)
    write(client, cast)
    answer = client.post(at(Contract.objects.get(), "files/"), {"files": [SimpleUploadedFile("a.txt", b"12345")]})

    assert (answer.status_code, ContractFile.objects.count()) == (422, 0)


def test_a_reaction_longer_than_the_resolution_is_kept_with_a_warning(cast, sign_in):
    client = sign_in(cast.operator)
    answer = write(client, cast, **{"norm-0-reaction_minutes": "4", "norm-0-resolution_minutes": "3:30"})

    assert answer.status_code == 302
    assert "the reaction norm is longer than the resolution norm" in client.get(answer["Location"]).content.decode()
