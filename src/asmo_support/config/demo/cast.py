"""Who lives in the demo: the vendor's desk and the people of five customers with their contracts."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from asmo_support.contracts.models import Contract, ContractKind
from asmo_support.people.models import Organization, User
from asmo_support.people.roles import Role, Visibility

PASSWORD = "asmo-demo-2026"  # noqa: S105 - shown to everybody who runs the demo


@dataclass(frozen=True, slots=True)
class Shown:
    """A person of the sign-in page."""

    email: str
    name: str
    role: Role
    title: str
    staff: bool = True


SHOWN = (
    Shown("operator@demo.example", "Ольга Дёмина", Role.OPERATOR, "первая линия"),
    Shown("engineer@demo.example", "Анна Лебедева", Role.ENGINEER, "специалист"),
    Shown("lead@demo.example", "Наталья Зайцева", Role.LEAD, "руководитель"),
    Shown("release@demo.example", "Константин Белов", Role.RELEASE, "выпуск обновлений"),
    Shown("security@demo.example", "Лев Громов", Role.SECURITY, "безопасность"),
    Shown("admin@demo.example", "Игорь Сафонов", Role.ADMIN, "администратор"),
    Shown("contact@demo.example", "Марина Ковалёва", Role.CONTACT, "эколог, «Кама-Металл»", staff=False),
    Shown("coordinator@demo.example", "Сергей Третьяков", Role.COORDINATOR, "координатор, «Кама-Металл»", staff=False),
    Shown("stranger@other.example", "Роман Щербаков", Role.CONTACT, "экономист, «Северная руда»", staff=False),
)
MORE_STAFF = (
    ("orlov@demo.example", "Павел Орлов", Role.ENGINEER),
    ("akhmetov@demo.example", "Тимур Ахметов", Role.ENGINEER),
    ("fomina@demo.example", "Вера Фомина", Role.ENGINEER),
)
# Organization, its people: address, name, role, position, department, phone.
KAMA = ("АО «Кама-Металл»", "Кама-Металл")
BRANCH = ("АО «Кама-Металл», филиал в Чусовом", "Кама-Металл, Чусовой")
RUDA = ("ПАО «Северная руда»", "Северная руда")
ENERGO = ("ООО «Сибэнергосбыт»", "Сибэнергосбыт")
TAGIL = ("АО «Тагилмаш»", "Тагилмаш")
PERSON = ("ИП Юсупова Д. Р.", "ИП Юсупова")
PEOPLE = {
    KAMA: [
        ("contact@demo.example", "Марина Ковалёва", Role.CONTACT, "эколог", "Охрана среды", "+7 342 555-01-12"),
        ("coordinator@demo.example", "Сергей Третьяков", Role.COORDINATOR, "начальник ИТ", "ИТ", "+7 342 555-01-01"),
        ("panin@kama.example", "Олег Панин", Role.CONTACT, "табельщик", "Кадры", "+7 342 555-01-33"),
    ],
    BRANCH: [("li@kama.example", "Софья Ли", Role.CONTACT, "кладовщик", "Склад", "+7 342 565-20-08")],
    RUDA: [
        ("stranger@other.example", "Роман Щербаков", Role.CONTACT, "экономист", "Планирование", "+7 812 555-07-40"),
        (
            "coordinator@other.example",
            "Елена Вдовина",
            Role.COORDINATOR,
            "администратор АСМО",
            "ИТ",
            "+7 812 555-07-00",
        ),
    ],
    ENERGO: [("belov@sib.example", "Артём Белов", Role.COORDINATOR, "инженер", "ИТ", "+7 383 555-14-14")],
    TAGIL: [
        ("gusev@tagil.example", "Виктор Гусев", Role.COORDINATOR, "ведущий технолог", "Цех № 4", "+7 343 555-60-21"),
        ("zaitsev@tagil.example", "Пётр Зайцев", Role.CONTACT, "плановик", "Цех № 4", "+7 343 555-60-22"),
    ],
    PERSON: [("yusupova@solo.example", "Дина Юсупова", Role.COORDINATOR, "предприниматель", "", "+7 917 555-33-10")],
}


@dataclass(slots=True)
class Company:
    """The people by what they do in the stories."""

    agents: list[User] = field(default_factory=list)
    lead: User | None = None
    operator: User | None = None
    customers: list[User] = field(default_factory=list)

    def of(self, short_name: str) -> list[User]:
        return [one for one in self.customers if one.organization and one.organization.short_name == short_name]


def invite() -> Company:
    """Everybody with a password and a confirmed address; contracts in force, ending, ended."""
    secret, company = make_password(PASSWORD), Company()
    for email, name, role in [(one.email, one.name, one.role) for one in SHOWN if one.staff] + list(MORE_STAFF):
        person = _enter(User(email=email, name=name, role=role, password=secret))
        if role == Role.ENGINEER:
            company.agents.append(person)
        company.lead = person if role == Role.LEAD else company.lead
        company.operator = person if role == Role.OPERATOR else company.operator
    for names, people in PEOPLE.items():
        organization = _settle(names)
        for email, name, role, position, department, phone in people:
            person = User(email=email, name=name, role=role, organization=organization, password=secret)
            person.position, person.department, person.phone = position, department, phone
            company.customers.append(_enter(person))
    return company


def _enter(person: User) -> User:
    person.save(force_insert=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def _settle(names: tuple[str, str]) -> Organization:
    parent = Organization.objects.filter(short_name=KAMA[1]).first() if names == BRANCH else None
    organization = Organization(name=names[0], short_name=names[1], parent=parent)
    organization.visibility = Visibility.DEPARTMENT if names == TAGIL else Visibility.OWN
    organization.save(force_insert=True)
    for number, kind, starts, ends in _contracts(names):
        Contract.objects.create(organization=organization, number=number, kind=kind, starts_on=starts, ends_on=ends)
    return organization


def _contracts(names: tuple[str, str]) -> list[tuple[str, ContractKind, date, date | None]]:
    today = timezone.localdate()
    year, month = today.year, timedelta(days=30)
    table: dict[tuple[str, str], list[tuple[str, ContractKind, date, date | None]]] = {
        KAMA: [(f"45-С/{year}", ContractKind.MAINTENANCE, date(year, 1, 1), today + timedelta(days=41))],
        BRANCH: [(f"45-С/{year}-Ф", ContractKind.SUPPORT, date(year, 1, 1), today + timedelta(days=41))],
        RUDA: [(f"112/{year - 1}", ContractKind.DEVELOPMENT, today - 10 * month, today + 14 * month)],
        ENERGO: [(f"Л-078/{year - 1}", ContractKind.LICENCE, today - 13 * month, today - timedelta(days=22))],
        TAGIL: [(f"19-ТП/{year}", ContractKind.SUPPORT, today - 5 * month, today + 7 * month)],
        PERSON: [(f"Л-103/{year}", ContractKind.LICENCE, today - 2 * month, today + 10 * month)],
    }
    return table[names]
