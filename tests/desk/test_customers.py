"""Customers, people, contracts, the catalogue: who may keep them, and what is in the journal."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asmo_support.catalog.models import Module, Product, Service
from asmo_support.channels.models import Delivery
from asmo_support.contracts.models import Contract
from asmo_support.journal.errands import drain
from asmo_support.journal.models import Event
from asmo_support.people.actions.tokens import bearer, create_token
from asmo_support.people.models import Organization, User
from tests.cast import person, ticket_of


def kinds():
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_a_customer_is_added_and_changed(cast, sign_in):
    client = sign_in(cast.lead)
    said = {"name": "ПАО «Тагилмаш»", "short_name": "Тагилмаш", "visibility": "all", "parent": cast.home.pk}
    client.post("/desk/customers/new/", said)
    made = Organization.objects.get(short_name="Тагилмаш")
    client.post(f"/desk/customers/{made.pk}/details/", said | {"parent": "", "visibility": "own"})

    made.refresh_from_db()
    assert (made.parent, made.visibility, kinds()) == (None, "own", ["organization.added", "organization.changed"])


def test_the_form_of_a_customer_keeps_what_it_does_not_change(cast, sign_in):
    cast.home.phones = "+7 342 200-10-40"
    cast.home.save()
    client = sign_in(cast.lead)
    page = client.get(f"/desk/customers/{cast.home.pk}/details/").context["form"]
    said = {name: page[name].value() or "" for name in page.fields if name != "other"}
    client.post(f"/desk/customers/{cast.home.pk}/details/", said)

    cast.home.refresh_from_db()
    assert (cast.home.phones, kinds()) == ("+7 342 200-10-40", [])


def test_a_second_customer_of_the_same_name_has_to_be_meant(cast, sign_in):
    client = sign_in(cast.lead)
    said = {"name": cast.home.name.upper(), "short_name": "Другая", "visibility": "own"}
    asked = client.post("/desk/customers/new/", said)
    client.post("/desk/customers/new/", said | {"other": "on"})

    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["other"])
    assert f'href="/desk/customers/{cast.home.pk}/"' in asked.content.decode()
    assert Organization.objects.filter(name__iexact=cast.home.name).count() == 2


def test_before_a_merge_what_becomes_of_a_family_is_said(cast, sign_in):
    cast.abroad.parent = cast.home
    cast.abroad.save()
    for number in ("45-Р/2026", "45-С/2026"):
        Contract.objects.create(organization=cast.home, number=number, kind="support", starts_on=date(2026, 1, 1))
    client = sign_in(cast.lead)
    office, branch = (
        client.get(f"/desk/customers/{one.pk}/merge/?into={other.pk}").content.decode()
        for one, other in ((cast.home, cast.abroad), (cast.abroad, cast.home))
    )

    assert ("takes its place" in office, "takes its place" in branch) == (True, False)
    assert '<dd><span><span class="num">45-Р/2026</span>, <span class="num">45-С/2026</span></span></dd>' in office


def test_a_customer_cannot_be_a_branch_of_its_own_branch(cast, sign_in):
    cast.abroad.parent = cast.home
    cast.abroad.save()
    said = {"name": cast.home.name, "short_name": "К", "visibility": "own", "parent": cast.abroad.pk}

    answer = sign_in(cast.lead).post(f"/desk/customers/{cast.home.pk}/details/", said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["parent"])


def test_the_page_of_a_customer_costs_the_same_however_much_there_is(cast, sign_in):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/desk/customers/{cast.home.pk}/")
        return len(queries)

    client = sign_in(cast.agent)
    ticket_of(cast.customer)
    one = cost()
    for n in range(3):
        ticket_of(cast.customer)
        person("contact", "Ещё один", cast.home, email=f"more{n}")

    assert cost() == one


def test_customers_are_found_and_paged(cast, sign_in):
    for n in range(60):
        Organization.objects.create(name=f"ООО «Завод {n:02}»", short_name=f"Завод {n:02}")
    client = sign_in(cast.agent)
    first = client.get("/desk/customers/?words=завод").content.decode()
    later = client.get("/desk/customers/" + re.search(r'rel="next" href="([^"]*)"', first)[1].replace("&amp;", "&"))

    assert (first.count("<tr>"), later.content.decode().count("<tr>")) == (51, 11)


def contact(**more):
    return {"name": "Новый Человек", "email": "New@Test.example", "role": "contact", "phone": "101"} | more


def test_a_person_of_a_customer_is_added_and_gets_a_letter(cast, sign_in):
    sign_in(cast.operator).post(f"/desk/customers/{cast.home.pk}/people/new/", contact(invite="on"))

    drain()
    made = User.objects.get(email="new@test.example")
    assert (made.organization, made.has_usable_password(), kinds()[0]) == (cast.home, False, "user.added")
    assert list(Delivery.objects.values_list("address", flat=True)) == ["new@test.example"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"email": "customer@test.example"}, "email"),
        ({"role": "admin"}, "role"),
        ({"name": ""}, "name"),
        ({"phone": "абв"}, "phone"),
    ],
)
def test_a_person_that_cannot_be_is_refused(cast, sign_in, more, field):
    answer = sign_in(cast.operator).post(f"/desk/customers/{cast.home.pk}/people/new/", contact(**more))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


@pytest.mark.case("AU-07")
def test_who_is_shut_out_is_out_at_once_and_old_sessions_stay_dead(cast, sign_in):
    theirs, token = sign_in(cast.release), create_token(cast.release, by=None, name="ci")
    client = sign_in(cast.admin)
    client.post(f"/desk/people/{cast.release.pk}/access/")

    assert (theirs.get("/desk/").status_code, bearer(token)) == (302, None)
    client.post(f"/desk/people/{cast.release.pk}/access/", {"active": "1"})
    assert (theirs.get("/desk/").status_code, bearer(token)) == (302, None)


def test_nobody_shuts_himself_out_or_changes_his_own_role(cast, sign_in):
    client = sign_in(cast.admin)
    client.post(f"/desk/people/{cast.admin.pk}/access/")
    own = contact(name=cast.admin.name, email=cast.admin.email, role="lead")
    answer = client.post(f"/desk/people/{cast.admin.pk}/", own)

    cast.admin.refresh_from_db()
    assert (answer.status_code, cast.admin.is_active, cast.admin.role) == (422, True, "admin")


def test_colleagues_are_the_administrators_to_keep(cast, sign_in):
    assert sign_in(cast.lead).get("/desk/people/").status_code == 404
    assert sign_in(cast.lead).get(f"/desk/people/{cast.agent.pk}/").status_code == 403
    assert sign_in(cast.lead).post(f"/desk/people/{cast.agent.pk}/access/").status_code == 403

    sign_in(cast.admin).post("/desk/people/new/", contact(role="engineer"))
    assert User.objects.get(email="new@test.example").role == "engineer"


def test_a_contract_is_written_down_and_prolonged(cast, sign_in):
    client = sign_in(cast.operator)
    said = {
        "number": "45-С/2026",
        "kind": "support",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "place": "remote",
    }
    client.post(f"/desk/customers/{cast.home.pk}/contracts/new/", said)
    made = Contract.objects.get()
    client.post(f"/desk/contracts/{made.pk}/details/", said | {"ends_on": "2027-12-31"})
    wrong = client.post(f"/desk/contracts/{made.pk}/details/", said | {"ends_on": "2025-12-31"})

    made.refresh_from_db()
    assert (made.ends_on, kinds()) == (date(2027, 12, 31), ["contract.added", "contract.changed"])
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["ends_on"])


@pytest.mark.parametrize("role", ["agent", "release", "security"])
def test_who_does_not_keep_customers_reads_them(cast, sign_in, role):
    client = sign_in(getattr(cast, role))

    assert client.get(f"/desk/customers/{cast.home.pk}/").status_code == 200
    assert client.post("/desk/customers/new/", {}).status_code == 403
    assert client.post(f"/desk/customers/{cast.home.pk}/people/new/", contact()).status_code == 403


def test_the_catalogue_is_added_to_renamed_and_retired(cast, sign_in):
    client = sign_in(cast.lead)
    client.post("/desk/catalog/products/", {"name": "Экология", "code": "eco"})
    product = Product.objects.get()
    client.post("/desk/catalog/modules/", {"name": "Воздух", "code": "air", "product": product.pk})
    client.post("/desk/catalog/services/", {"name": "Консультации", "code": "consulting"})
    again = client.post("/desk/catalog/services/", {"name": "Ещё", "code": "consulting"})
    client.post(f"/desk/catalog/products/{product.pk}/", {"name": "Экология 2", "code": "eco", "retired": "on"})

    product.refresh_from_db()
    assert (product.name, product.retired, Module.objects.get().product) == ("Экология 2", True, product)
    assert (again.status_code, Service.objects.count(), kinds()[-1]) == (422, 1, "catalog.changed")
    assert client.get("/desk/catalog/modules/").status_code == 200


def test_the_catalogue_does_not_exist_for_others(cast, sign_in):
    assert sign_in(cast.agent).get("/desk/catalog/services/").status_code == 404


@pytest.mark.parametrize("page", ["customers/", "tickets/new/", "people/", "menu/", "letters/", "letters/outgoing/"])
def test_pages_stand_whatever_their_address_says(cast, sign_in, page):
    client = sign_in(cast.lead if page == "tickets/new/" else cast.admin)

    assert client.get(f"/desk/{page}?words=%00%25²&after=%00&before=²&state=%00&requester=²").status_code == 200
