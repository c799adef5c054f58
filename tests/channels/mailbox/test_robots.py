"""Eight kinds of robots answer everything for a day: none gets into a conversation, and no person goes without."""

from collections import Counter

import pytest

from asmo_support.channels.inbox import Incoming, keep
from asmo_support.channels.models import Delivery
from asmo_support.tickets import events
from asmo_support.tickets.actions import conversation
from asmo_support.tickets.actions.assignment import assign
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.queries import history
from asmo_support.tickets.sentences import sentence
from tests.cast import person
from tests.parts.letters import SUPPORT, letter
from tests.parts.mail import server_at, work
from tests.parts.robots import HOME, ROBOTS

pytestmark = pytest.mark.mail
DAY, HOUR = 24 * 60, 60
PER_TICKET, IN_A_DAY = 2, 12


class Day:
    """Minute by minute: the robot gets what we send and answers it; people write at their hours."""

    def __init__(self, clock, sink, robot):
        self.clock, self.sink, self.robot = clock, sink, robot
        self.minute, self.got, self.answered, self.due = 0, 0, 0, []

    def comes(self, raw):
        keep(Incoming(raw=raw, received_at=self.clock.now))
        work()

    def until(self, minute):
        while self.minute < minute:
            self.clock.passes()
            self.minute += 1
            for raw in self._robot_writes():
                self.comes(raw)

    def _robot_writes(self):
        for one in self.sink.kept[self.got :]:
            if HOME in str(one["To"]):
                self.due.append((self.minute + self.robot.after - 1, self.robot.answer(one, self.answered)))
                self.answered += 1
        self.got = len(self.sink.kept)
        if 5 * HOUR < self.minute <= 5 * HOUR + self.robot.writes:
            self.due.append((self.minute, letter(HOME, subject=f"Заявка с сайта {self.minute}", text="Позвоните.")))
        ready = [raw for at, raw in self.due if at <= self.minute]
        self.due = [one for one in self.due if one[0] > self.minute]
        return ready


@pytest.fixture
def day(cast, clock, smtp_sink, request):
    """The owner of the robot and a colleague write, the desk answers and takes the ticket; then a day passes."""
    server_at(smtp_sink)
    person("contact", "Инна Чернова", cast.home, email="robot")
    day = Day(clock, smtp_sink, ROBOTS[request.param])
    day.comes(letter(HOME, subject="Не печатается акт", text="Помогите."))
    ticket = Ticket.objects.get()
    day.until(HOUR)
    conversation.reply(ticket, Words(text="Смотрим."), by=cast.agent)
    work()
    day.until(2 * HOUR)
    assign(ticket, [cast.agent], by=cast.lead)
    work()
    day.until(3 * HOUR)
    day.comes(letter(cast.customer.email, subject="Пишет человек"))
    day.until(DAY)
    return day


def told(address):
    """How many automatic letters went to an address about each ticket."""
    sent = Delivery.objects.filter(address=address, automatic=True).exclude(state="queued")
    return Counter(sent.values_list("ticket__number", flat=True))


@pytest.mark.case("EI-15")
@pytest.mark.parametrize("day", ROBOTS, indirect=True)
def test_a_robot_gets_two_automatic_letters_about_a_ticket_at_most_in_a_day(cast, day):
    robot = told(HOME)
    assert day.answered >= day.robot.hears
    assert max(robot.values()) <= PER_TICKET
    assert sum(robot.values()) <= IN_A_DAY + day.robot.writes
    # People hear of their tickets all the same, the desk sees what happened, and tomorrow the robot's owner is heard.
    assert list(told(cast.customer.email).values()) == [1]
    seen = [sentence(one) for ticket in Ticket.objects.all() for one in history(ticket, for_=cast.agent)
            if one.kind == day.robot.seen]  # fmt: skip
    assert any(HOME in one or SUPPORT.partition("@")[0] in one for one in seen) or day.robot.seen == events.MESSAGE
    day.clock.passes(DAY)
    day.comes(letter(HOME, subject="Снова я, живая"))
    assert told(HOME)[Ticket.objects.latest("id").number] == 1
