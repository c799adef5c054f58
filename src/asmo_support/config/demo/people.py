"""The people of the demo: the vendor's desk, five customers and one branch, with their contracts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from asmo_support.contracts.models import Contract, ContractKind
from asmo_support.people.actions.invitations import invite
from asmo_support.people.actions.people import add_person
from asmo_support.people.models import Organization, OrganizationDomain, User
from asmo_support.people.roles import Competence, Role, Visibility

PASSWORD = "asmo-demo-2026"  # noqa: S105 - the demo's own, shown to everybody who starts it


@dataclass(frozen=True, slots=True)
class Person:
    """A demo person. `key` names the person in the stories; it is also the address before the @."""

    key: str
    role: Role
    name: str
    at: str = "demo.example"
    home: str = ""
    department: str = ""
    position: str = ""
    phone: str = ""
    knows: tuple[Competence, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}@{self.at}"


@dataclass(frozen=True, slots=True)
class Customer:
    """A demo organization; contract days count from today."""

    key: str
    name: str
    short: str
    visibility: Visibility = Visibility.OWN
    parent: str = ""
    contracts: tuple[tuple[str, ContractKind, int, int], ...] = ()
    domain: str = ""


KAMA, SIB, RUDA, WATER = "kama.example", "sib.example", "other.example", "vodokanal.example"
ADMINISTRATOR, QUERIES = Competence.ADMINISTRATOR, Competence.QUERIES
SHOWN = ("operator", "engineer", "lead", "release", "security", "admin", "contact", "coordinator", "stranger")
CUSTOMERS = (
    Customer("kama", "АО «Кама-Металл»", "Кама-Металл", Visibility.DEPARTMENT, domain=KAMA, contracts=(
        ("45-С/2026", ContractKind.SUPPORT, -210, 155), ("45-Р/2026", ContractKind.MAINTENANCE, -210, 155))),
    Customer("chusovoy", "Чусовской филиал АО «Кама-Металл»", "Кама-Металл, Чусовой", parent="kama", contracts=(
        ("45-С/2026-Ф", ContractKind.SUPPORT, -210, 155),)),
    Customer("sib", "АО «Сибэнергосбыт»", "Сибэнергосбыт", Visibility.ALL, domain=SIB, contracts=(
        ("118-С/2025", ContractKind.SUPPORT, -353, 12),)),
    Customer("ruda", "ООО «Северная руда»", "Северная руда", contracts=(
        ("7-Л/2025", ContractKind.LICENCE, -386, -21),)),
    Customer("vodokanal", "МУП «Водоканал»", "Водоканал", domain=WATER, contracts=(
        ("62-С/2026", ContractKind.SUPPORT, -120, 245), ("62-Р/2026", ContractKind.DEVELOPMENT, -60, 300))),
    Customer("sokolova", "Соколова Ирина Вадимовна", "Соколова И. В.", contracts=(
        ("301-Л/2026", ContractKind.LICENCE, -75, 290),)),
)  # fmt: skip
DESK = (
    Person("operator", Role.OPERATOR, "Тимур Ахметов", position="оператор первой линии"),
    Person("engineer", Role.ENGINEER, "Анна Лебедева", position="ведущий инженер"),
    Person("ryabov", Role.ENGINEER, "Денис Рябов", position="инженер"),
    Person("melnik", Role.ENGINEER, "Ольга Мельник", position="инженер"),
    Person("lead", Role.LEAD, "Павел Орлов", position="руководитель службы"),
    Person("release", Role.RELEASE, "Вера Зимина", position="выпуск обновлений"),
    Person("security", Role.SECURITY, "Лев Громов", position="безопасность продукта"),
    Person("admin", Role.ADMIN, "Игорь Белов", position="администратор"),
)
CONTACTS = (
    Person("contact", Role.CONTACT, "Марина Ковалёва", home="kama", department="Экология",
           position="инженер-эколог", phone="+7 342 200-10-41"),
    Person("coordinator", Role.COORDINATOR, "Сергей Третьяков", home="kama", department="ИТ",
           position="начальник отдела", phone="+7 342 200-10-02", knows=(ADMINISTRATOR, QUERIES)),
    Person("fadeeva", Role.CONTACT, "Нина Фадеева", KAMA, "kama", "Экология", "эколог"),
    Person("panin", Role.CONTACT, "Олег Панин", KAMA, "kama", "Кадры", "специалист по кадрам"),
    Person("gusev", Role.CONTACT, "Виктор Гусев", KAMA, "kama", "Склад", "кладовщик"),
    Person("lukin", Role.CONTACT, "Артём Лукин", KAMA, "kama", "Планирование", "диспетчер"),
    Person("zueva", Role.CONTACT, "Лариса Зуева", KAMA, "chusovoy", "Общий отдел", "делопроизводитель"),
    Person("danilov", Role.COORDINATOR, "Глеб Данилов", SIB, "sib", "ИТ", "системный администратор",
           "+7 391 222-47-00", (ADMINISTRATOR, QUERIES)),
    Person("morozova", Role.CONTACT, "Юлия Морозова", SIB, "sib", "Кадры", "инспектор по кадрам"),
    Person("kim", Role.CONTACT, "Алексей Ким", SIB, "sib", "Экология", "инженер"),
    Person("stranger", Role.CONTACT, "Роман Щербаков", RUDA, "ruda", "Экология", "главный эколог"),
    Person("yakovleva", Role.COORDINATOR, "Софья Яковлева", RUDA, "ruda", "ИТ", "администратор систем"),
    Person("petrenko", Role.COORDINATOR, "Андрей Петренко", WATER, "vodokanal", "ИТ", "инженер АСУ",
           knows=(ADMINISTRATOR, Competence.JAVASCRIPT, Competence.CONSTRUCTOR)),
    Person("nazarova", Role.CONTACT, "Елена Назарова", WATER, "vodokanal", "Лаборатория", "начальник лаборатории",
           "+7 342 200-60-18"),
    Person("tikhonov", Role.CONTACT, "Илья Тихонов", WATER, "vodokanal", "Снабжение", "инженер"),
    Person("sokolova", Role.COORDINATOR, "Ирина Соколова", "sokolova.example", "sokolova", "", "предприниматель"),
)  # fmt: skip
EVERYBODY = (*DESK, *CONTACTS)


def settle(today: date) -> dict[str, User]:
    """Write organizations, contracts and people; the people by their keys."""
    homes = _organizations()
    Contract.objects.bulk_create(_contracts(homes, today))
    # Hashing is slow on purpose; one hash serves everybody here, as they share the password anyway.
    password = make_password(PASSWORD)
    people = {one.key: _user(one, homes, password) for one in EVERYBODY}
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people.values()
    )
    _invite(homes["kama"], people["coordinator"])
    return people


def shown() -> list[Person]:
    """The people a visitor may become, in the order of the sign-in page."""
    known = {one.key: one for one in EVERYBODY}
    return [known[key] for key in SHOWN]


def title_of(person: Person) -> str:
    """What the person does, and for whom."""
    home = next((f"«{customer.short}»" for customer in CUSTOMERS if customer.key == person.home), "")
    return ", ".join(filter(None, (person.position, home)))


def _organizations() -> dict[str, Organization]:
    homes: dict[str, Organization] = {}
    for one in CUSTOMERS:
        home = Organization(name=one.name, short_name=one.short, visibility=one.visibility)
        home.parent = homes.get(one.parent)
        home.save(force_insert=True)
        homes[one.key] = home
        if one.domain:
            OrganizationDomain(organization=home, domain=one.domain).save(force_insert=True)
    return homes


def _invite(home: Organization, by: User) -> None:
    """A colleague who has not come in yet."""
    facts = {"name": "Вера Сомова", "email": f"somova@{KAMA}", "role": Role.CONTACT, "department": "Экология"}
    invite(add_person(facts, by=by, organization=home), by=by)


def _contracts(homes: dict[str, Organization], today: date) -> Iterable[Contract]:
    for one in CUSTOMERS:
        for number, kind, starts, ends in one.contracts:
            span = today + timedelta(days=starts), today + timedelta(days=ends)
            yield Contract(organization=homes[one.key], number=number, kind=kind, starts_on=span[0], ends_on=span[1])


def _user(one: Person, homes: dict[str, Organization], password: str) -> User:
    user = User(email=one.email, name=one.name, role=one.role, organization=homes.get(one.home), password=password)
    user.department, user.position, user.phone = one.department, one.position, one.phone
    user.competences = list(one.knows)
    user.save(force_insert=True)
    return user
