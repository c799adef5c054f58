"""The world of the matrix: two customers, a desk, a ticket of each owner in each state, and a word in every text."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from asmo_support.catalog.models import Module, Product, RequestType, Service, Version
from asmo_support.contracts.actions.papers import attach_papers
from asmo_support.contracts.models import Contract, ContractKind, Installation
from asmo_support.lib import files
from asmo_support.people.actions.domains import add_domain
from asmo_support.people.actions.invitations import invite
from asmo_support.people.models import Organization, User
from asmo_support.people.roles import Visibility
from asmo_support.sla.actions import calendars
from asmo_support.sla.actions import regulations as rules
from asmo_support.sla.models import Regulation, WorkCalendar
from asmo_support.tickets.actions import assignment, conversation, coverage, dates, lifecycle, offers, planning, work
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.actions.opening import Request, register
from asmo_support.tickets.actions.work import Work
from asmo_support.tickets.models import Attachment, Ticket
from asmo_support.tickets.states import Coverage, Kind, State
from tests.matrix import calls, letters, ownership
from tests.matrix.keys import PASSWORD, Keys, give
from tests.matrix.ownership import CANARIES, COLLEAGUES, FOREIGN, INTERNAL, OWN
from tests.matrix.people import ABROAD, DEAD_CONTACT, DEAD_LEAD, HOME, PENDING, PEOPLE, Person

HOURS = timedelta(hours=1)
OWNERS = (OWN, COLLEAGUES, FOREIGN)


@dataclass(frozen=True, slots=True)
class Papers:
    """What an address may name of one ticket."""

    number: int
    pk: int
    file: int
    note_file: int
    said: int
    note: int
    work: int
    organization: int
    requester: int
    # The mark of its commercial offer.
    offer: str


@dataclass
class World:
    home: Organization
    abroad: Organization
    service: Service
    product: Product
    module: Module
    version: Version
    type: RequestType
    regulation: int = 0
    draft: int = 0
    coming: tuple[int, int] = (0, 0)
    users: dict[str, User] = field(default_factory=dict)
    colleague: User | None = None
    tickets: dict[tuple[str, str], Papers] = field(default_factory=dict)
    keys: dict[str, Keys] = field(default_factory=dict)
    contracts: dict[str, int] = field(default_factory=dict)
    papers: dict[str, int] = field(default_factory=dict)
    letters: dict[str, int] = field(default_factory=dict)
    invitations: dict[str, int] = field(default_factory=dict)
    domains: dict[str, int] = field(default_factory=dict)
    installations: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    callbacks: dict[str, int] = field(default_factory=dict)
    exchange: int = 0
    arrival: int = 0
    blocked: int = 0
    bad: int = 0
    mailbox: int = 0
    calendar: int = 0
    passkey: int = 0
    secrets: set[str] = field(default_factory=set)

    def user(self, person: Person) -> User:
        return self.users[person.name]

    def ticket(self, owner: str, state: str) -> Papers:
        return self.tickets[owner, state]


def build(root: Path) -> World:
    """Make the world in the transaction at hand. Files go below `root`."""
    settings.FILES_ROOT = root
    world = World(
        home=Organization.objects.create(name="АО «Кама-Металл»", short_name="Кама-Металл"),
        abroad=Organization.objects.create(
            name=f"ООО «Северная руда» {CANARIES[FOREIGN]}", short_name=f"Руда {CANARIES[FOREIGN]}"
        ),
        service=Service.objects.create(code="fixing", name="Исправление ошибок"),
        product=(product := Product.objects.create(code="asmo", name="АСМО")),
        module=Module.objects.create(product=product, code="forms", name="Формы"),
        version=Version.objects.create(product=product, name="7.2"),
        type=RequestType.objects.create(code="printing", name="Не печатается форма", kind=Kind.BUG),
    )
    _people(world)
    for owner, organization in ((OWN, world.home), (FOREIGN, world.abroad)):
        world.contracts[owner], world.papers[owner] = _contract(organization, CANARIES[owner])
        domain = add_domain(organization, f"{CANARIES[owner]}.example", by=world.users["admin"])
        guest = world.users["coordinator" if owner == OWN else "strange coordinator"]
        stands = Installation(organization=organization, name=f"Рабочая {CANARIES[owner]}", product=world.product)
        stands.save(force_insert=True)
        world.installations[owner] = stands.pk
        world.domains[owner], world.invitations[owner] = domain.pk, invite(guest, by=None).pk
    for owner in OWNERS:
        for state in State:
            world.tickets[owner, state] = _ticket(world, owner, state)
    _regulations(world)
    letters.write(world)
    calls.write(world)
    world.calendar = _calendar(world.users["admin"])
    return world


def _calendar(admin: User) -> int:
    """The desk's own calendar in its second version, with a third one prepared."""
    row = WorkCalendar.objects.get(slug="default")
    calendars.change_hours(row, {"days": {"2020-06-24": []}}, by=admin)
    calendars.publish(row, by=admin, source="Указ № 354")
    calendars.change_hours(row, {"shortening": 45}, by=admin)
    return row.pk


def _regulations(world: World) -> None:
    """The vendor's own, one that is being written, and one whose second version is published and has not begun."""
    admin, today = world.users["admin"], timezone.localdate()
    world.regulation = Regulation.objects.get(slug="default").pk
    world.draft = rules.found("Круглосуточная поддержка", by=admin).regulation_id
    first = rules.found("Поддержка по выходным", by=admin)
    rules.publish(first, today, by=admin)
    second = rules.begin_draft(first.regulation, by=admin)
    rules.publish(second, today + timedelta(days=30), by=admin)
    world.coming = (second.regulation_id, second.n)


def _contract(organization: Organization, word: str) -> tuple[int, int]:
    """A contract and a document of it."""
    made = Contract.objects.create(
        organization=organization, number=f"{word}/26", kind=ContractKind.SUPPORT, starts_on=date(2026, 1, 1)
    )
    (paper,) = attach_papers(made, [_file(f"Договор {word}.txt")], by=None)
    return made.pk, paper.pk


def _people(world: World) -> None:
    for person in PEOPLE:
        if person.role:
            world.users[person.name] = _user(world, person)
    world.users[PENDING.name] = _user(world, Person(PENDING.name, "lead"))
    world.users[DEAD_LEAD.name] = _user(world, Person(DEAD_LEAD.name, "lead"))
    world.users[DEAD_CONTACT.name] = _user(world, Person(DEAD_CONTACT.name, "contact", HOME))
    world.colleague = _user(world, Person("colleague", "contact", HOME))
    give(world)


def _user(world: World, person: Person) -> User:
    organization = {HOME: world.home, ABROAD: world.abroad}.get(person.side)
    word = CANARIES[FOREIGN] if person.side == ABROAD else ""
    user = User(role=person.role, organization=organization, name=f"{person.name.capitalize()} {word}".strip())
    user.email = f"{person.name.replace(' ', '-')}@matrix.example"
    user.department = "Бухгалтерия" if person.side == HOME else ""
    user.set_password(PASSWORD)
    user.save()
    return user


def _ticket(world: World, owner: str, state: State) -> Papers:
    word = CANARIES[owner]
    requester = {OWN: world.users["contact"], COLLEAGUES: world.colleague, FOREIGN: world.users["stranger"]}[owner]
    at = timezone.now() - 3 * HOURS
    request = Request(
        subject=f"Не печатается форма {word}",
        description=f"Печать даёт пустой лист. {word}",
        kind=Kind.BUG,
        service=world.service,
        product=world.product,
        module=world.module,
        files=[_file(f"Снимок {word}.png")],
    )
    ticket = register(request, by=requester, requester=requester, at=at)
    engineer = world.users["engineer"]
    said = conversation.reply(ticket, Words(text=f"Печатаем на А3? {word}"), by=requester, at=at)
    note = Words(text=f"Для своих {CANARIES[INTERNAL]}", files=[_file(f"Заметка {CANARIES[INTERNAL]}.png")])
    kept = conversation.note(ticket, note, by=engineer, at=at)
    _bring(ticket, state, engineer, word)
    spent = Work(minutes=40, day=timezone.localdate(at), text=f"Разбор {word}")
    entry = work.write_down(ticket, spent, by=engineer)
    found = Attachment.objects.filter(ticket=ticket)
    return Papers(
        work=entry.pk,
        number=ticket.number,
        pk=ticket.pk,
        file=found.get(internal=False).pk,
        note_file=found.get(internal=True).pk,
        said=said.pk,
        note=kept.pk,
        organization=ticket.organization_id,
        requester=requester.pk,
        offer=_offer(ticket, state, engineer, word),
    )


def _offer(ticket: Ticket, state: State, engineer: User, word: str) -> str:
    """What is in work waits for somebody to ask for an offer; what waits for information has one to decide on."""
    if state not in {State.IN_WORK, State.WAITING}:
        return ""
    coverage.cover(ticket, coverage.Choice(Coverage.OUTSIDE, ticket.contract, f"Новая функция. {word}"), by=engineer)
    if state != State.WAITING:
        return ""
    proposal = offers.Proposal(text=f"Доработка. {word}", cost=Decimal(80_000))
    return offers.make(ticket, proposal, by=engineer).mark


def _bring(ticket: Ticket, state: State, engineer: User, word: str) -> None:
    """From registration to the state, by the deeds of people."""
    at = timezone.now() - 2 * HOURS
    match state:
        case State.IN_WORK:
            assignment.assign(ticket, [engineer], by=engineer, at=at)
            _plan(ticket, engineer, word)
        case State.WAITING:
            lifecycle.ask(ticket, Words(text=f"С какого числа? {word}"), by=engineer, at=at)
        case State.REVIEW | State.CLOSED:
            lifecycle.propose_resolution(ticket, Words(text=f"Исправили шаблон. {word}"), by=engineer, at=at)
        case State.CANCELLED:
            lifecycle.cancel(ticket, by=ticket.requester, reason=f"Нашли сами. {word}", at=at)
        case State.REFUSED:
            lifecycle.refuse(ticket, by=engineer, reason=f"Чужой продукт. {word}", at=at)
    if state == State.CLOSED:
        lifecycle.accept(ticket, by=ticket.requester, at=at + HOURS)


def _plan(ticket: Ticket, engineer: User, word: str) -> None:
    """No fixed norm any more: an agreed date, and the desk's offer of a later one."""
    at, day = timezone.now() - HOURS, timezone.localdate()
    planning.triage(ticket, {"standard": False}, by=engineer, reason="Нетиповая.", at=at)
    first = dates.offer(ticket, day + timedelta(days=30), f"Войдёт в выпуск. {word}", by=engineer, at=at)
    dates.agree(ticket, first.n, by=ticket.requester, at=at)
    dates.offer(ticket, day + timedelta(days=40), f"Выпуск сдвинулся. {word}", by=engineer, at=at)


def _file(name: str) -> files.Kept:
    """As pictures in letters are: shown in place, and to be had like any other file."""
    chunks = [name.encode()]
    kept = files.keep(chunks, settings.FILES_ROOT, name=name, kind="image/png", limit=1 << 20)
    return replace(kept, inline=True)


def set_house(world: World, owner: str) -> None:
    """The customer's own rules for a cell: whose tickets its contacts see, and where the colleague works."""
    visibility, department = ownership.HOUSE_RULES.get(owner, (Visibility.OWN, ""))
    if owner in ownership.HOUSE_RULES:
        Organization.objects.filter(pk=world.home.pk).update(visibility=visibility)
        User.objects.filter(pk=world.colleague.pk).update(department=department)
