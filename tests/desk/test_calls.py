"""Calls at the desk: the form that finds the customer, the page of a call, the entry, the settings."""

from datetime import date

import pytest
from django.utils import timezone

from asmo_support.channels.models import Call, Exchange
from asmo_support.channels.phone.exchanges import add_exchange
from asmo_support.channels.phone.hearing import hear
from asmo_support.channels.phone.keeping import Spoken, add_call, put_into
from asmo_support.channels.phone.reading import PbxEvent
from asmo_support.contracts.models import Contract, Installation
from asmo_support.journal.models import Event
from asmo_support.people.actions.people import add_organization, add_person, change_organization, change_person
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket
from tests.cast import ticket_of

NEW = "/desk/calls/new/"
KAMA = "+7 (342) 200-10-41"


@pytest.fixture
def caller(cast):
    change_person(cast.customer, {"phone": f"8 912 555-01-02, {KAMA} доб. 5"}, by=cast.admin)
    return cast.customer


def said(**more):
    return {"direction": "in", "talked": "yes", "typed": KAMA, "minutes": "4", "deed": "none"} | more


def missed(cast, **more):
    return add_call(Spoken(**({"direction": "in", "typed": KAMA, "talked": False} | more)), by=cast.operator)


@pytest.mark.parametrize("words", ["8 (342) 200-10-41", "73422001041", "+7 342 200 10 41 доб. 5", "3422001041"])
def test_a_number_in_any_writing_shows_the_customer_the_contract_and_what_is_open(cast, sign_in, caller, words):
    Contract.objects.create(organization=cast.home, number="45-С", kind="support", starts_on=date(2020, 1, 1))
    ticket = ticket_of(caller)

    page = sign_in(cast.operator).get(NEW, {"words": words}).context

    known = page["known"]
    assert (page["person"], known["coverage"].contract.number, known["open"]) == (caller, "45-С", [ticket])
    assert known["words"] == [ticket]


def test_several_people_of_a_number_are_offered_and_none_is_taken_for_the_caller(cast, sign_in, caller):
    change_person(cast.colleague, {"phone": KAMA}, by=cast.admin)

    page = sign_in(cast.operator).get(NEW, {"words": KAMA}).context

    assert (page["person"], {*page["callers"].people}) == (None, {caller, cast.colleague})


def test_customers_and_installations_have_numbers_too(cast, sign_in):
    change_organization(cast.home, {"phones": "8 342 200-10-00"}, by=cast.admin)
    from asmo_support.catalog.models import Product

    product = Product.objects.create(code="x", name="АСМО")
    stands = Installation(organization=cast.abroad, name="Рабочая", product=product, phones="8 342 200-10-00, доб. 2")
    stands.save(force_insert=True)

    found = sign_in(cast.operator).get(NEW, {"words": "+73422001000"}).context["callers"]

    assert (found.organizations, found.installations, found.organization) == ([cast.home], [stands], None)


def test_a_call_continues_a_ticket_and_both_sides_history_says_so(cast, sign_in, caller):
    ticket = ticket_of(caller)
    body = said(person=caller.pk, deed="continue", number=str(ticket.number), note="Просит до пятницы.",
                recording="https://pbx.example/1.mp3")  # fmt: skip

    answer = sign_in(cast.operator).post(NEW, body)

    assert answer["Location"] == f"/desk/tickets/{ticket.number}/"
    desk = sign_in(cast.operator).get(answer["Location"]).content.decode()
    assert all(one in desk for one in ("Просит до пятницы.", "+7 342 200-10-41", "4:00", 'rel="noopener noreferrer'))
    portal = sign_in(caller).get(f"/tickets/{ticket.number}/").content.decode()
    assert "We talked by phone: you called" in portal
    assert not [one for one in ("до пятницы", "pbx.example", "200-10-41") if one in portal.replace(caller.phone, "")]
    history = sign_in(caller).get(f"/tickets/{ticket.number}/history/").content.decode()
    assert "talked by phone" in history


def test_talking_is_a_reaction_and_trying_is_none(cast, caller):
    clocks = []
    for talked in (False, True):
        ticket = ticket_of(caller, at=timezone.now(), subject=f"Форма {talked}")
        call = add_call(Spoken(direction="out", typed=KAMA, talked=talked, person=caller), by=cast.operator)
        put_into(call, ticket, by=cast.operator)
        clocks.append(ticket.clocks.get(target="reaction").state)

    assert clocks == ["running", "met"]


def test_a_ticket_that_is_registered_in_a_call_gets_it_as_its_entry(cast, sign_in, caller):
    client = sign_in(cast.operator)
    onwards = client.post(NEW, said(person=caller.pk, deed="new"))["Location"]
    body = {"requester": caller.pk, "channel": "phone", "kind": "bug", "subject": "Не печатается", "text": "Пусто.",
            "impact": "person", "urgency": "normal"}  # fmt: skip

    client.post(onwards, body)

    call, ticket = Call.objects.get(), Ticket.objects.get()
    assert onwards == f"/desk/tickets/new/?requester={caller.pk}&call={call.pk}"
    assert (call.ticket, call.organization, ticket.channel) == (ticket, cast.home, "phone")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"deed": "continue", "number": "999"}, "number"),
        ({"deed": "continue", "number": "№ abc"}, "number"),
        ({"deed": "continue", "number": ""}, "number"),
        ({"recording": "javascript:alert(1)"}, "recording"),
        ({"recording": "https:// evil"}, "recording"),
        ({"recording": "//pbx.example/1"}, "recording"),
        ({"minutes": "-1"}, "minutes"),
        ({"typed": "", "alone": "1"}, "typed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast, sign_in, more, field):
    answer = sign_in(cast.operator).post(NEW, said(alone="1", note="Много слов") | more)

    assert (answer.status_code, list(answer.context["form"].errors), Call.objects.count()) == (422, [field], 0)
    assert "Много слов" in answer.content.decode()


def test_another_customers_ticket_takes_no_call(cast, sign_in, caller):
    call, foreign = missed(cast, person=caller), ticket_of(cast.stranger)

    answer = sign_in(cast.operator).post(f"/desk/calls/{call.pk}/entry/", {"number": foreign.number})

    assert (answer.status_code, list(answer.context["entry"].errors)) == (422, ["number"])
    call.refresh_from_db()
    assert call.ticket is None


def test_a_call_is_an_entry_of_one_ticket_however_often_it_is_pressed(cast, sign_in, caller):
    call, one, two = missed(cast, person=caller), ticket_of(caller), ticket_of(caller, subject="Другое")
    client = sign_in(cast.operator)

    answers = [client.post(f"/desk/calls/{call.pk}/entry/", {"number": x.number}).status_code for x in (one, one, two)]

    assert answers == [302, 302, 409]
    assert Event.objects.filter(kind="ticket.called").values_list("thing_id", flat=True).get() == one.pk


def test_an_unknown_caller_becomes_a_person_of_a_customer(cast, sign_in):
    call = missed(cast, typed="8 912 000-11-22")
    client = sign_in(cast.operator)
    client.post(f"/desk/calls/{call.pk}/caller/", {"organization": cast.home.pk})
    new = f"/desk/customers/{cast.home.pk}/people/new/?phone=%2B7+912+000-11-22&call={call.pk}"
    shown = client.get(new).content.decode()

    body = {"name": "Олег Новый", "email": "new@kama.example", "role": "contact", "phone": "+7 912 000-11-22"}
    assert "+7 912 000-11-22" in shown
    assert client.post(new, body)["Location"] == f"/desk/calls/{call.pk}/"
    client.post(f"/desk/calls/{call.pk}/caller/", {"person": User.objects.get(email="new@kama.example").pk})
    call.refresh_from_db()
    assert (call.person.name, call.organization) == ("Олег Новый", cast.home)


def test_an_unknown_caller_is_written_down_with_the_call(cast, sign_in):
    client = sign_in(cast.operator)
    body = said(deed="new", organization=cast.home.pk, caller_name="Пётр Новиков", caller_email="Novikov@kama.example")
    half = client.post(NEW, body | {"caller_email": ""})
    answer = client.post(NEW, body)

    made = User.objects.get(email="novikov@kama.example")
    call = Call.objects.get()
    assert (half.status_code, list(half.context["form"].errors)) == (422, ["caller_email"])
    assert (made.organization, made.role, made.phone, call.person) == (cast.home, "contact", KAMA, made)
    assert answer["Location"] == f"/desk/tickets/new/?requester={made.pk}&call={call.pk}"


def test_a_number_nobody_knows_becomes_a_person_of_a_named_customer_in_one_step(cast, sign_in):
    client = sign_in(cast.operator)
    shown = client.get(NEW, {"words": KAMA, "alone": "1"}).content.decode()
    body = said(deed="new", alone="1", words=KAMA, caller_name="Пётр Новиков", caller_email="novikov@kama.example")
    answer = client.post(NEW, body | {"caller_home": "кама"})

    made = User.objects.get(email="novikov@kama.example")
    assert ['name="caller_home"' in shown, f'name="typed" value="{KAMA}"' in shown] == [True, True]
    assert (made.organization, made.phone, Call.objects.get().person) == (cast.home, KAMA, made)
    assert answer["Location"] == f"/desk/tickets/new/?requester={made.pk}&call={Call.objects.get().pk}"


@pytest.mark.parametrize(("home", "words"), [
    ("", "which customer"), ("Волна", "no customer"), ("кама", "Кама-Металл; Кама-Сервис"),
])  # fmt: skip
def test_a_new_caller_waits_for_the_one_customer_that_is_meant(cast, sign_in, home, words):
    add_organization({"name": "ООО «Кама-Сервис»", "short_name": "Кама-Сервис"}, by=cast.admin)
    body = said(alone="1", caller_name="Пётр", caller_email="novikov@kama.example", caller_home=home)
    answer = sign_in(cast.operator).post(NEW, body)

    problem = answer.context["form"].errors["caller_home"][0]
    assert (answer.status_code, words in problem, Call.objects.count()) == (422, True, 0)


def test_the_whole_name_is_the_customer_though_others_begin_with_it(cast, sign_in):
    add_organization({"name": "ООО «Кама-Металл Юг»", "short_name": "Кама-Металл Юг"}, by=cast.admin)
    body = said(alone="1", caller_name="Пётр", caller_email="novikov@kama.example", caller_home="Кама-Металл")
    sign_in(cast.operator).post(NEW, body)

    assert Call.objects.get().organization == cast.home


def test_an_address_somebody_has_makes_neither_person_nor_call(cast, sign_in):
    body = said(organization=cast.home.pk, caller_name="Пётр", caller_email=cast.stranger.email)
    answer = sign_in(cast.operator).post(NEW, body)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["caller_email"])
    assert Call.objects.count() == 0


def test_the_page_of_a_call_says_who_did_what_with_it(cast, sign_in, caller):
    ticket, call = ticket_of(caller), missed(cast)
    put_into(call, ticket, by=cast.agent)
    lines = sign_in(cast.operator).get(f"/desk/calls/{call.pk}/").context["history"]

    assert [(one.by, one.said) for one in lines] == [
        (cast.operator, "wrote the call down"), (cast.agent, f"made it an entry of ticket № {ticket.number}")]  # fmt: skip


def test_calls_are_a_tab_of_all_that_comes_and_goes(cast, sign_in):
    client = sign_in(cast.operator)
    pages = [
        client.get(place).content.decode() for place in ("/desk/calls/", "/desk/calls/callbacks/", "/desk/letters/")
    ]

    assert ["/desk/letters/outgoing/?state=failed" in page for page in pages] == [True] * 3
    assert ['href="/desk/calls/" aria-current="page"' in page for page in pages] == [True, True, False]


def test_the_list_is_filtered_searched_and_settled(cast, sign_in, caller):
    lost = missed(cast, person=caller)
    own = add_call(Spoken(direction="out", typed="8 495 123-45-67"), by=cast.lead)
    client = sign_in(cast.lead)

    def listed(query):
        return [one.pk for one in client.get(f"/desk/calls/?{query}").context["rows"]]

    assert [listed(f"which={one}") for one in ("all", "mine", "missed", "waiting", "rubbish")] == [
        [own.pk, lost.pk], [own.pk], [lost.pk], [lost.pk], [own.pk, lost.pk],
    ]  # fmt: skip
    assert [listed(f"words={one}") for one in ("84951234567", "200-10", "ковал", "%")] == [
        [own.pk], [lost.pk], [lost.pk], [],
    ]  # fmt: skip
    assert [client.post(f"/desk/calls/{lost.pk}/settlement/").status_code for _ in range(2)] == [302, 409]
    assert (listed("which=waiting"), listed("which=missed")) == ([], [lost.pk])


def test_the_list_asks_as_much_for_three_calls_as_for_one(cast, sign_in, caller, django_assert_max_num_queries):
    client = sign_in(cast.lead)
    client.get("/desk/calls/")
    for _ in range(3):
        missed(cast, person=caller)

    with django_assert_max_num_queries(14):
        assert len(client.get("/desk/calls/").context["rows"]) == 3


def test_a_call_by_hand_settles_what_was_missed(cast, caller):
    lost = missed(cast)
    add_call(Spoken(direction="out", typed="83422001041"), by=cast.agent)

    lost.refresh_from_db()
    assert lost.settled_by == cast.agent


@pytest.mark.parametrize(("words", "typed"), [("кама", ""), ("Марина", "8 912 555-01-02"), (KAMA, KAMA)])
def test_the_number_is_filled_in_when_it_is_known(cast, sign_in, caller, words, typed):
    chosen = {"organization": cast.home.pk} if words == "кама" else {"person": caller.pk}
    page = sign_in(cast.operator).get(NEW, {"words": words} | chosen)

    assert page.context["form"]["typed"].value() == typed


def test_an_address_of_an_exchange_is_shown_once_and_can_be_revoked(cast, sign_in):
    client = sign_in(cast.admin)
    first = client.post("/desk/calls/exchanges/", {"name": "Asterisk"})
    address = first.context["address"]

    assert address.startswith("http://testserver/api/v1/cti/")
    assert address in first.content.decode()
    again = client.post("/desk/calls/exchanges/", {"name": "Asterisk"})
    assert (again.status_code, address in again.content.decode(), Exchange.objects.count()) == (422, False, 1)
    client.post(f"/desk/calls/exchanges/{Exchange.objects.get().pk}/revocation/")
    assert client.post(address.removeprefix("http://testserver"), {}).status_code == 404


def test_an_inner_number_is_one_colleagues(cast, sign_in):
    change_person(cast.agent, {"extension": "101"}, by=cast.admin)
    client = sign_in(cast.admin)
    body = {"name": "Павел Орлов", "email": "lead@test.example", "role": "lead", "extension": "101"}

    answers = [client.post(f"/desk/people/{cast.lead.pk}/", body | {"extension": one}) for one in ("101", "1o1", "102")]

    assert [one.status_code for one in answers] == [422, 422, 302]


def test_a_person_keeps_what_was_typed_and_is_found_by_each_number(cast):
    facts = {
        "name": "Олег",
        "email": "o@kama.example",
        "role": "contact",
        "phone": "8 342 200-10-41 доб. 5; 8 912 555 01 02",
    }
    made = add_person(facts, by=cast.admin, organization=cast.home)

    assert made.phone == facts["phone"]
    assert made.numbers == ["+73422001041", "+73422001041;ext=5", "+79125550102"]


def test_the_card_of_a_number_of_two_customers_offers_both(cast, sign_in, caller):
    change_person(cast.stranger, {"phone": KAMA}, by=cast.admin)
    exchange, _address = add_exchange("АТС", by=cast.admin)
    rings = PbxEvent(kind="new", key="c1", direction="in", source="73422001041", target="74951234567")
    call = hear(rings, exchange)
    client = sign_in(cast.operator)

    card = client.get("/desk/calls/ringing/").content.decode()
    assert "Nobody in our lists" not in card
    assert "Several people have this number" in card
    assert all(one.name in card and one.organization.short_name in card for one in (caller, cast.stranger))
    client.post(f"/desk/calls/{call.pk}/caller/", {"person": cast.stranger.pk})
    assert "Several people" not in client.get("/desk/calls/ringing/").content.decode()


@pytest.mark.parametrize(("source", "said"), [("105", ">105</a>"), ("anonymous", "the number is hidden")])
def test_the_card_of_who_is_in_no_list_says_what_is_known(cast, sign_in, source, said):
    exchange, _address = add_exchange("АТС", by=cast.admin)
    hear(PbxEvent(kind="new", key="c1", direction="in", source=source, target="74951234567"), exchange)

    assert said in sign_in(cast.operator).get("/desk/calls/ringing/").content.decode()


def test_the_card_names_the_plainest_contract_in_force(cast, sign_in, caller):
    facts = {"organization": cast.home, "starts_on": date(2020, 1, 1)}
    Contract.objects.create(number="45-Р", kind="development", ends_on=date(2199, 1, 1), **facts)
    Contract.objects.create(number="45-С", kind="support", ends_on=date(2198, 1, 1), **facts)

    page = sign_in(cast.operator).get(NEW, {"words": KAMA}).context
    assert page["known"]["coverage"].contract.number == "45-С"
