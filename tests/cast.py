"""The people of every test: two of the desk, three of a customer, a stranger from another one."""

from dataclasses import dataclass
from datetime import UTC, datetime

from asmo_support.people.models import Organization, User
from asmo_support.tickets.actions.opening import Request, register
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Kind

# A Tuesday, 10:00 in Moscow: the desk works.
NOW = datetime(2026, 11, 17, 7, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


@dataclass
class Cast:
    agent: User
    lead: User
    operator: User
    admin: User
    release: User
    security: User
    customer: User
    colleague: User
    coordinator: User
    stranger: User
    home: Organization
    abroad: Organization

    def everybody(self) -> dict[str, User]:
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def make_cast() -> Cast:
    home = Organization.objects.create(name="АО «Кама-Металл»", short_name="Кама-Металл")
    abroad = Organization.objects.create(name="ООО «Северная руда»", short_name="Северная руда")
    return Cast(
        agent=person("engineer", "Анна Лебедева"),
        lead=person("lead", "Павел Орлов"),
        operator=person("operator", "Тимур Ахметов"),
        admin=person("admin", "Игорь Белов"),
        release=person("release", "Вера Зимина"),
        security=person("security", "Лев Громов"),
        customer=person("contact", "Марина Ковалёва", home, email="customer"),
        colleague=person("contact", "Олег Панин", home, email="colleague"),
        coordinator=person("coordinator", "Сергей Третьяков", home),
        stranger=person("contact", "Роман Щербаков", abroad, email="stranger"),
        home=home,
        abroad=abroad,
    )


def person(role: str, name: str, organization: Organization | None = None, *, email: str = "") -> User:
    user = User(role=role, name=name, organization=organization, email=f"{email or role}@test.example")
    user.set_unusable_password()
    user.save()
    return user


def ticket_of(
    user: User, *, by: User | None = None, at: datetime | None = NOW, subject: str = "Не печатается форма 2-ТП", **more
) -> Ticket:
    request = Request(subject=subject, description="Печать даёт пустой лист.", kind=more.pop("kind", Kind.BUG), **more)
    return register(request, by=by or user, requester=user, at=at)
