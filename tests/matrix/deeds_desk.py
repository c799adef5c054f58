"""Deeds of the desk."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from asmo_support.sla.models import WorkCalendar
from asmo_support.tickets.states import State
from tests.matrix.deed import Deed, also, another_day, naming, text
from tests.matrix.ownership import COLLEAGUES, DESKS, FOREIGN, OWN
from tests.matrix.people import Person
from tests.matrix.world import World

REASON = text(reason="Чужой продукт.")
OFFICE = text(name="ООО «Новый заказчик»", short_name="Новый заказчик", visibility="all")
CONTRACT = text(number="7-26", kind="support", starts_on="2026-01-01", ends_on="2026-12-31", place="remote")
SERVER = {"host": "imap.matrix.example", "security": "tls", "user": "desk", "password": "secret"}
MAILBOX = text(way="imap", address="desk@matrix.example", folder="INBOX", language="ru", **SERVER)
SMTP = text(from_address="desk@matrix.example", **SERVER)
NOTE = text(note="Обещали ответить.", recording="https://pbx.example/1.mp3")
CALL = text(direction="in", talked="yes", typed="8 342 200-10-42", minutes="5", deed="none", alone="1", recording="")
CALLBACK = text(typed="8 342 200-10-42", due_at="2026-12-01T10:00", about="Печать")
HOURS = text(name="Уральский филиал", zone="Asia/Omsk", mon="9:00–18:00", production="on", shortening="60", days="")
DECREE = text(year="2028", text="с субботы 1 января 2028 г. на понедельник 13 марта 2028 г.", title="№ 900")
ENTRY = text(name="Новая строка", code="new-line")
TRIAGED = text(kind="bug", critical="", standard="on", impact="department", urgency="normal", reason="По звонку.")

KEY = text(domain="matrix.example", selector="matrix", secret="", do="keep")
WORDS = text(seen="0", subject="Взяли в работу", intro="Здравствуйте!", do="save")
OFFER = text(text="Новая форма.", cost="80 000", minutes="40", valid_until="2199-12-31")


def _worked(world: World, person: Person, owner: str) -> dict[str, Any]:
    """Of today: work begins with the day of registration. What the contract does not cover draws no hours of it."""
    return {"minutes": "45", "day": timezone.localdate().isoformat(), "text": "Разбор журнала."}


def _person(world: World, person: Person, owner: str) -> dict[str, Any]:
    """The person of the address keeps the role and gets a telephone."""
    role = "engineer" if owner == DESKS else "contact"
    name = "stranger" if owner == FOREIGN else role
    return {"name": "Марина Ковалёва", "email": world.users[name].email, "role": role, "phone": "+7 342 200-00-00"}


def _new(role: str) -> Any:
    return text(name="Олег Панин", email="new@matrix.example", role=role, invite="")


def _requested(world: World, person: Person, owner: str) -> dict[str, Any]:
    asked = {"channel": "phone", "kind": "bug", "subject": "Не печатается", "text": "Пустой лист.", "impact": "person"}
    return asked | {"urgency": "normal", "requester": world.users["contact"].pk}


def _accepted(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"person": world.users["stranger" if owner == FOREIGN else "contact"].pk}


def _asking(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"to": world.users["stranger" if owner == FOREIGN else "contact"].pk}


def _assigned(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"first": world.users["lead"].pk, "others": [world.users["engineer"].pk]}


def _registered(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"requester": world.users["contact"].pk}


def _undelivered(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"letter": [world.letters[COLLEAGUES]]}


def _joined(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"number": world.ticket(OWN, State.IN_WORK).number, "person": world.users["contact"].pk}


def _caller(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"person": world.users["strange coordinator" if owner == FOREIGN else "coordinator"].pk}


def _into(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"number": world.ticket(FOREIGN if owner == FOREIGN else OWN, State.IN_WORK).number}


def _into_other(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"number": world.ticket(OWN if owner == FOREIGN else FOREIGN, State.IN_WORK).number}


def _lead(world: World) -> int:
    return int(world.users["lead"].pk)


def drafted(world: World, person: Person, owner: str) -> dict[str, Any]:
    """A matrix that promises eight hours in every case."""
    cases = ("bug-critical-standard", "bug-critical-special", "bug-standard", "bug-special", "consultation-standard",
             "consultation-special", "change-standard", "change-special")  # fmt: skip
    said = {f"{case}-{name}": value for case in cases
            for name, value in (("reaction", "2"), ("mode", "hours"), ("resolution", "8"), ("update", ""))}  # fmt: skip
    calendar = WorkCalendar.objects.get(slug="default").pk
    return said | {"calendar": calendar, "vulnerability_days": 5, "vulnerability_in_working_days": "False"}


def _begins(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"starts_on": timezone.localdate().isoformat()}


def _of_product(world: World, person: Person, owner: str) -> dict[str, Any]:
    return ENTRY(world, person, owner) | {"product": world.product.pk}


def _handed(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"to": world.users["strange coordinator" if owner == FOREIGN else "coordinator"].pk}


def _person_into(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"into": world.users["strange coordinator" if owner == FOREIGN else "coordinator"].pk}


def _installed(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"name": "Тестовая", "product": world.product.pk, "modules": [world.module.pk], "place": "Пермь"}


def _customer_into(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"into": (world.home if owner == FOREIGN else world.abroad).pk}


def _covered(world: World, person: Person, owner: str) -> dict[str, Any]:
    contract = world.contracts[FOREIGN if owner == FOREIGN else OWN]
    return {"contract": contract, "coverage": "covered", "reason": "Это ошибка."}


def _foreign(world: World) -> int:
    return world.contracts[FOREIGN]


def _files(world: World, person: Person, owner: str) -> dict[str, Any]:
    return {"files": SimpleUploadedFile("приложение.txt", b"text")}


DESK_DEEDS: dict[tuple[str, str], Deed] = {
    ("desk:ticket-messages", "POST"): Deed(text(text="Смотрим.")),
    ("desk:ticket-notes", "POST"): Deed(text(text="Для своих.")),
    ("desk:ticket-information-requests", "POST"): Deed(text(text="С какого числа?")),
    ("desk:ticket-resolutions", "POST"): Deed(text(text="Исправили шаблон.")),
    ("desk:ticket-work", "POST"): Deed(state=State.REGISTERED),
    ("desk:ticket-new", "POST"): Deed(
        _requested,
        refused=(("a colleague as requester", naming(_requested, "requester", _lead)),),
    ),
    ("desk:ticket-acceptance", "POST"): Deed(
        _accepted,
        State.REVIEW,
        refused=(("a speaker of the desk", naming(_accepted, "person", _lead)),),
    ),
    ("desk:ticket-assignment", "POST"): Deed(
        _assigned,
        refused=(("a customer as agent", naming(_assigned, "first", lambda world: world.users["contact"].pk)),),
    ),
    ("desk:ticket-triage", "POST"): Deed(TRIAGED, refused=(("a change consultation", also(TRIAGED, kind="secret")),)),
    ("desk:ticket-requester", "POST"): Deed(
        _asking, refused=(("a colleague as requester", naming(_asking, "to", _lead)),)
    ),
    ("desk:ticket-planned-dates", "POST"): Deed(
        another_day, refused=(("a day that is over", also(another_day, date="2020-01-01")),)
    ),
    ("desk:ticket-planned-date-acceptance", "POST"): Deed(
        _accepted, refused=(("a speaker of the desk", naming(_accepted, "person", _lead)),)
    ),
    ("desk:ticket-planned-date-refusal", "POST"): Deed(REASON),
    ("desk:ticket-refusal", "POST"): Deed(REASON),
    ("desk:customer-new", "POST"): Deed(OFFICE),
    ("desk:customer-details", "POST"): Deed(OFFICE),
    ("desk:customer-person-new", "POST"): Deed(_new("contact"), refused=(("a colleague’s role", _new("admin")),)),
    ("desk:customer-contract-new", "POST"): Deed(CONTRACT),
    ("desk:contract-details", "POST"): Deed(CONTRACT, refused=(("a sum below nothing", also(CONTRACT, cost="-5")),)),
    ("desk:contract-files", "POST"): Deed(_files),
    ("desk:contract-file-removal", "POST"): Deed(),
    ("desk:ticket-time", "POST"): Deed(_worked, refused=(("more than a day", also(_worked, minutes="25:00")),)),
    ("desk:ticket-time-removal", "POST"): Deed(),
    ("desk:ticket-coverage", "POST"): Deed(
        _covered, refused=(("another customer’s contract", naming(_covered, "contract", _foreign)),)
    ),
    ("desk:ticket-offer", "POST"): Deed(OFFER, refused=(("a sum below nothing", also(OFFER, cost="-1")),)),
    ("desk:person", "POST"): Deed(
        _person, refused=(("the role of the other side", naming(_person, "role", lambda _world: "nobody")),)
    ),
    ("desk:person-access", "POST"): Deed(text(active="0")),
    ("desk:person-invitation", "POST"): Deed(),
    ("desk:person-tickets", "POST"): Deed(
        _handed, refused=(("a colleague of the desk", naming(_handed, "to", _lead)),)
    ),
    ("desk:person-merge", "POST"): Deed(_person_into, refused=(("a colleague", naming(_person_into, "into", _lead)),)),
    ("desk:invitation-withdrawal", "POST"): Deed(),
    ("desk:customer-domains", "POST"): Deed(
        text(domain="new.example"), refused=(("everybody’s domain", text(domain="gmail.com")),)
    ),
    ("desk:customer-installation-new", "POST"): Deed(_installed),
    ("desk:installation", "POST"): Deed(_installed),
    ("desk:domain-removal", "POST"): Deed(),
    ("desk:customer-merge", "POST"): Deed(_customer_into),
    ("desk:person-new", "POST"): Deed(_new("engineer"), refused=(("a customer’s role", _new("contact")),)),
    ("desk:letter-attempts", "POST"): Deed(),
    ("desk:letter-dismissal", "POST"): Deed(),
    ("desk:letter-spam", "POST"): Deed(),
    ("desk:letter-block", "POST"): Deed(),
    ("desk:letter-entry", "POST"): Deed(
        _joined, refused=(("a colleague as speaker", naming(_joined, "person", _lead)),)
    ),
    ("desk:blocked-removal", "POST"): Deed(),
    ("desk:letter-ticket", "POST"): Deed(
        _registered, refused=(("a colleague as requester", naming(_registered, "requester", _lead)),)
    ),
    ("desk:outgoing-attempts", "POST"): Deed(),
    ("desk:outgoing-repeats", "POST"): Deed(_undelivered),
    ("desk:outgoing-settlements", "POST"): Deed(_undelivered),
    ("desk:letters-repeats", "POST"): Deed(text(reason="crashed")),
    ("desk:bad-address-removal", "POST"): Deed(),
    ("desk:call-new", "POST"): Deed(
        CALL, refused=(("an address that is a script", also(CALL, recording="javascript:alert(1)")),)
    ),
    ("desk:call-caller", "POST"): Deed(_caller),
    ("desk:call-entry", "POST"): Deed(
        _into, refused=(("another customer’s ticket", _into_other), ("no number of a ticket", text(number="0")))
    ),
    ("desk:call-note", "POST"): Deed(
        NOTE, refused=(("an address that is a script", also(NOTE, recording="javascript:alert(1)")),)
    ),
    ("desk:call-settlement", "POST"): Deed(),
    ("desk:call-dismissal", "POST"): Deed(),
    ("desk:call-callback", "POST"): Deed(
        CALLBACK, refused=(("nobody’s year", also(CALLBACK, due_at="0001-01-01T10:00")),)
    ),
    ("desk:callback-new", "POST"): Deed(CALLBACK),
    ("desk:callback-closing", "POST"): Deed(text(done="1")),
    ("desk:exchanges", "POST"): Deed(
        text(name="MANGO"), refused=(("a second one of the name", text(name="Asterisk")),)
    ),
    ("desk:exchange-revocation", "POST"): Deed(),
    ("desk:mailbox-new", "POST"): Deed(MAILBOX),
    ("desk:mailbox", "POST"): Deed(MAILBOX),
    ("desk:mailbox-closing", "POST"): Deed(),
    ("desk:mailbox-check", "POST"): Deed(changes=False),
    ("desk:mail-smtp", "POST"): Deed(SMTP),
    ("desk:mail-smtp-closing", "POST"): Deed(),
    ("desk:mail-smtp-check", "POST"): Deed(changes=False),
    ("desk:mail-dkim", "POST"): Deed(KEY, refused=(("the key of another domain", also(KEY, domain="evil.example")),)),
    ("desk:wording", "POST"): Deed(WORDS, refused=(("a name nobody has", also(WORDS, intro="{{ password }}")),)),
    ("desk:calendar-new", "POST"): Deed(HOURS),
    ("desk:calendar-hours", "POST"): Deed(HOURS),
    ("desk:calendar-loading", "POST"): Deed(
        DECREE, refused=(("the decree of another year", also(DECREE, year="2029")), ("nothing", also(DECREE, text="")))
    ),
    ("desk:calendar-draft", "POST"): Deed(
        text(source="Приказ № 7", note=""), refused=(("no word where it comes from", text(source="", note="")),)
    ),
    ("desk:calendar-dropping", "POST"): Deed(),
    # The desk's own calendar is always needed: the deed answers and changes nothing.
    ("desk:calendar-retirement", "POST"): Deed(text(retired="1"), changes=False),
    ("desk:calendar-rollback", "POST"): Deed(),
    ("desk:catalog-services", "POST"): Deed(ENTRY),
    ("desk:catalog-products", "POST"): Deed(ENTRY),
    ("desk:catalog-modules", "POST"): Deed(_of_product),
    ("desk:catalog-service", "POST"): Deed(ENTRY),
    ("desk:catalog-product", "POST"): Deed(ENTRY),
    ("desk:catalog-module", "POST"): Deed(_of_product),
    ("desk:catalog-versions", "POST"): Deed(_of_product),
    ("desk:catalog-version", "POST"): Deed(_of_product),
    ("desk:catalog-types", "POST"): Deed(also(ENTRY, kind="bug")),
    ("desk:catalog-type", "POST"): Deed(also(ENTRY, kind="bug")),
    ("desk:regulation-new", "POST"): Deed(text(name="Поддержка на выезде")),
    ("desk:regulation-details", "POST"): Deed(text(name="Другое название")),
    ("desk:regulation-drafts", "POST"): Deed(),
    ("desk:regulation-draft", "POST"): Deed(drafted),
    ("desk:regulation-draft-removal", "POST"): Deed(),
    ("desk:regulation-publication", "POST"): Deed(_begins),
    ("desk:regulation-withdrawal", "POST"): Deed(),
}
