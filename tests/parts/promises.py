"""Two customers of a running service with promises of their own, and a few days of theirs that have passed.

`python -m tests.parts.promises lay` in the home of the service writes them by the product's own actions and prints what
the stories need; `… minute` looks at the deadlines once, as the worker does every half minute. The days are laid around
today, so that any day of the year has a weekend and a shortened day behind it.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from asmo_support.people.models import Organization, User
    from asmo_support.sla.models import Regulation, WorkCalendar
    from asmo_support.sla.norms import Norms
    from asmo_support.tickets.models import Ticket

MOSCOW = ZoneInfo("Europe/Moscow")
DAY, HOUR = timedelta(days=1), 60
ALWAYS = [["00:00", "24:00"]]
SHIFT = [["09:00", "18:00"]]
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SUBJECT = "Не печатается путевой лист"
BUG, CRITICAL, PLANNED = ("bug", False, True), ("bug", True, True), ("change", False, False)


def lay() -> dict[str, Any]:
    """Calendars, regulations, customers with contracts, and tickets of days that have passed."""
    from asmo_support.contracts.models import ContractKind
    from asmo_support.people.models import User
    from asmo_support.sla.norms import Norms

    now = datetime.now(MOSCOW)
    admin, agent = (User.objects.get(email=f"{name}@demo.example") for name in ("admin", "engineer"))
    today = now.date()
    always = calendar("Круглосуточный", dict.fromkeys(NAMES, ALWAYS), {}, admin)
    shifts = calendar("Смены верфи", dict.fromkeys(NAMES, SHIFT), days_of_the_yard(today), admin)
    closed = calendar("Закрыто до послезавтра", dict.fromkeys(NAMES, ALWAYS), {today: [], today + DAY: []}, admin)
    fast = regulation("Круглосуточный, 4 часа", always, {BUG: Norms(HOUR, 4 * HOUR), PLANNED: planned()}, admin)
    slow = regulation("Сменный, 34 часа", shifts,
                      {BUG: Norms(9 * HOUR, 34 * HOUR), CRITICAL: Norms(2 * HOUR, 33 * HOUR)}, admin)  # fmt: skip
    quiet = regulation("С тихими днями", closed, {BUG: Norms(9 * HOUR, 10 * HOUR)}, admin)
    plant = customer("Завод «Прогресс»", "201-С", fast, admin, kind=ContractKind.MAINTENANCE)
    yard = customer("Верфь «Север»", "202-С", slow, admin)
    night = customer("Склад «Тихий»", "203-С", quiet, admin)
    waited, moved = (wait(yard, agent, today) for _ticket in range(2))
    warned = begin(plant, now - timedelta(hours=3, minutes=5), agent, "Не закрывается смена")
    silent = begin(night, at(today - DAY, 16), agent, "Не сходятся остатки")
    tickets = {"waited": waited, "moved": moved, "warned": warned, "silent": silent}
    numbers = {name: str(one.number) for name, one in tickets.items()}
    return {"plant": plant.email, "yard": yard.email, **numbers}


def days_of_the_yard(today: date) -> dict[date, list[list[str]]]:
    """Two days off, a day that ends at four instead of six, and a day around the clock, so that now is working time."""
    return {today - 3 * DAY: [], today - 2 * DAY: [], today - DAY: [["09:00", "16:00"]], today: ALWAYS}


def wait(yard: "User", agent: "User", today: date) -> "Ticket":
    """Asked an hour after registration, answered in the morning of the shortened day: the weekend lies between.

    Of its 34 hours one is counted before the question, six on the shortened day, 24 today, and three tomorrow from nine.
    """
    from asmo_support.tickets.actions import conversation, lifecycle

    ticket = begin(yard, at(today - 4 * DAY, 15), agent, "Не сходится наряд")
    lifecycle.ask(ticket, conversation.Words(text="За какое число наряд?"), by=agent, at=at(today - 4 * DAY, 16))
    conversation.reply(ticket, conversation.Words(text="За первое."), by=yard, at=at(today - DAY, 10))
    return ticket


def begin(requester: "User", moment: datetime, agent: "User", subject: str) -> "Ticket":
    from asmo_support.tickets.actions import assignment, opening
    from asmo_support.tickets.states import Kind

    request = opening.Request(subject=subject, description="С утра, у всех.", kind=Kind.BUG)
    ticket = opening.register(request, by=requester, requester=requester, at=moment)
    assignment.take(ticket, by=agent, at=moment + timedelta(minutes=1))
    return ticket


def calendar(name: str, week: dict[str, Any], days: dict[date, Any], by: "User") -> "WorkCalendar":
    from asmo_support.sla.actions import calendars

    content = {"zone": "Europe/Moscow", "week": week, "production": False, "shortening": 60, "years": {},
               "days": {str(day): hours for day, hours in days.items()}}  # fmt: skip
    return calendars.open_calendar(name, content, by=by)


def regulation(name: str, hours: "WorkCalendar", matrix: "dict[Any, Norms]", by: "User") -> "Regulation":
    """In force for a month already."""
    from asmo_support.sla.actions import regulations
    from asmo_support.sla.regulations import Terms, matrix_of

    draft = regulations.found(name, by=by)
    regulations.write_draft(draft, Terms(hours, 3, False, matrix_of(draft) | matrix), by=by)
    regulations.publish(draft, date.today() - 30 * DAY, by=by)  # noqa: DTZ011 - any day of last month will do
    return draft.regulation


def customer(name: str, number: str, rules: "Regulation", by: "User", kind: str = "support") -> "User":
    """An organization with a contract and one person, who signs in with the password of the demo."""
    from allauth.account.models import EmailAddress

    from asmo_support.config.demo import PASSWORD
    from asmo_support.contracts.actions.keeping import add_contract
    from asmo_support.people.actions.people import add_organization, add_person

    home: Organization = add_organization({"name": name, "short_name": name}, by=by)
    span = {"starts_on": date.today() - 90 * DAY, "ends_on": date.today() + 200 * DAY}  # noqa: DTZ011
    add_contract(home, {"number": number, "kind": kind, "regulation": rules, **span}, by=by)
    facts = {"name": f"Ответственный по № {number}", "email": f"person@c{number[:3]}.example", "role": "coordinator"}
    person = add_person(facts, by=by, organization=home)
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def planned() -> "Norms":
    from asmo_support.sla.norms import Norms

    return Norms(HOUR, None, planned=True)


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=MOSCOW)


def main(what: str) -> None:
    from asmo_support.config.boot import boot

    boot()
    from asmo_support.tickets import jobs
    from asmo_support.wall.acting import SYSTEM, acting_as

    with acting_as(SYSTEM):
        print(json.dumps(lay() if what == "lay" else jobs.run_minute()))  # noqa: T201 - that is its answer


if __name__ == "__main__":
    main(sys.argv[1])
