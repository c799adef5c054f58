"""The catalogue: versions of products and usual requests; what is retired is no longer offered."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from asmo_support.catalog.models import Product, RequestType, Service, Version
from asmo_support.journal.models import Event
from asmo_support.tickets.models import Ticket

TYPES, VERSIONS, NEW = "/desk/catalog/types/", "/desk/catalog/versions/", "/desk/tickets/new/"
TYPE = {"name": "Нужна новая форма", "code": "new-form", "kind": "change", "hint": "Приложите образец."}


@pytest.fixture
def product(db):
    return Product.objects.create(code="asmo", name="АСМО")


@pytest.fixture
def usual(product):
    service = Service.objects.create(code="changes", name="Доработки")
    return RequestType.objects.create(**TYPE, service=service, product=product, standard=False)


def test_a_version_is_kept_with_its_days(cast, sign_in, product):
    sign_in(cast.lead).post(
        VERSIONS, {"product": product.pk, "name": "7.2", "released_on": "2026-02-01", "supported_until": "2028-02-01"}
    )
    version = Version.objects.get()
    assert (version.product, version.name, version.released_on, version.supported_until) == (
        product, "7.2", date(2026, 2, 1), date(2028, 2, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "7.1"}, "name"),
        ({"released_on": "2026-02-01", "supported_until": "2026-01-31"}, "supported_until"),
        ({"product": ""}, "product"),
    ],
)
def test_a_version_twice_or_supported_before_it_came_is_refused(cast, sign_in, product, more, field):
    Version.objects.create(product=product, name="7.1")
    answer = sign_in(cast.admin).post(VERSIONS, {"product": product.pk, "name": "7.2"} | more)

    assert (answer.status_code, list(answer.context["form"].errors), Version.objects.count()) == (422, [field], 1)


def test_the_database_keeps_support_that_ends_before_the_release_out(product):
    with pytest.raises(IntegrityError, match="version_supported_after_release"), transaction.atomic():
        Version.objects.create(
            product=product, name="7.2", released_on=date(2026, 2, 1), supported_until=date(2026, 1, 31)
        )


def test_a_request_type_is_added_changed_and_noted(cast, sign_in, product):
    client = sign_in(cast.lead)
    client.post(TYPES, TYPE | {"standard": "on", "product": product.pk})
    one = RequestType.objects.get()
    client.post(f"{TYPES}{one.pk}/", TYPE | {"name": "Нужен новый отчёт"})
    one.refresh_from_db()

    assert (one.name, one.product, one.standard) == ("Нужен новый отчёт", None, False)
    assert list(Event.objects.filter(thing="types").values_list("kind", flat=True).order_by("id")) == [
        "catalog.added", "catalog.changed",
    ]  # fmt: skip


def test_the_database_knows_three_kinds(db):
    with pytest.raises(IntegrityError, match="request_type_has_a_kind"), transaction.atomic():
        RequestType.objects.create(code="odd", name="Странное", kind="complaint")


def test_choosing_a_type_at_the_desk_fills_the_form(cast, sign_in, usual):
    page = sign_in(cast.operator).get(f"{NEW}?requester={cast.customer.pk}&type=new-form")

    form = page.context["form"]
    assert [form[name].value() for name in ("type", "kind", "service", "product")] == [
        "new-form", "change", usual.service_id, usual.product_id,
    ]  # fmt: skip
    assert "Приложите образец." in page.content.decode()


@pytest.mark.parametrize(("kind", "standard"), [("change", False), ("bug", True)])
def test_a_type_that_is_not_standard_makes_such_a_ticket_while_its_kind_stands(cast, sign_in, usual, kind, standard):
    body = {"requester": cast.customer.pk, "channel": "phone", "kind": kind, "subject": "Форма", "text": "Нужна.",
            "impact": "person", "urgency": "normal", "type": "new-form"}  # fmt: skip
    sign_in(cast.operator).post(NEW, body)

    assert Ticket.objects.get().standard is standard


def test_a_retired_type_is_no_longer_offered_and_can_come_back(cast, sign_in, usual):
    client, page = sign_in(cast.admin), sign_in(cast.operator)
    facts = TYPE | {"service": usual.service_id, "product": usual.product_id}

    def offered():
        return [one.code for one in page.get(f"{NEW}?requester={cast.customer.pk}").context["types"]]

    client.post(f"{TYPES}{usual.pk}/", facts | {"retired": "on"})
    assert offered() == []
    client.post(f"{TYPES}{usual.pk}/", facts)
    assert offered() == ["new-form"]


@pytest.mark.parametrize("code", ["nothing", "", "new-form'--"])
def test_a_type_nobody_offers_fills_nothing(cast, sign_in, usual, code):
    page = sign_in(cast.operator).get(NEW, {"requester": cast.customer.pk, "type": code})

    assert (page.status_code, page.context["chosen"], page.context["form"]["kind"].value()) == (200, None, "bug")
