"""What a person chose holds: at once, later in one letter, or never; what is personal always comes."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from asmo_support.channels.models import Delivery
from asmo_support.journal import errands
from asmo_support.lib.errors import Refused
from asmo_support.notifications import choosing, gathering
from asmo_support.notifications.choosing import Wishes
from asmo_support.notifications.gathering import COLLECTED, gather
from asmo_support.notifications.models import Choice, Mode, Notice
from asmo_support.notifications.moments import Rhythm
from asmo_support.people.models import Organization
from asmo_support.tickets import events
from asmo_support.tickets.actions import assignment, conversation, lifecycle
from asmo_support.tickets.actions.conversation import Words
from tests.cast import ticket_of

LATER = timedelta(days=2)


def choose(person, rhythm=None, **modes):
    choosing.choose(person, Wishes(choosing.wishes_of(person).modes | modes, rhythm or Rhythm()))


def quiet_now():
    """Quiet hours around the present moment, whatever the clock of the machine says."""
    now = timezone.localtime()
    begins, ends = now - timedelta(hours=1), now + timedelta(hours=2)
    return Rhythm("Europe/Moscow", begins.time().replace(microsecond=0), ends.time().replace(microsecond=0))


def letters(person):
    errands.drain()
    return list(Delivery.objects.filter(address=person.email).order_by("id").values_list("kind", flat=True))


def in_work(cast, subject="Не печатается форма 2-ТП"):
    ticket = ticket_of(cast.customer, subject=subject)
    assignment.assign(ticket, [cast.agent], by=cast.lead)
    return ticket


def test_what_is_not_wanted_does_not_come_and_a_question_does(cast):
    choose(cast.customer, progress=Mode.NEVER)
    ticket = in_work(cast)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent)

    assert letters(cast.customer) == [events.REGISTERED, events.ASKED]
    assert Notice.objects.count() == 0


def test_in_quiet_hours_news_wait_and_a_resolution_comes(cast):
    choose(cast.customer, quiet_now())
    ticket = in_work(cast)
    lifecycle.propose_resolution(ticket, Words(text="Готово."), by=cast.agent)

    assert letters(cast.customer) == [events.REGISTERED, events.PROPOSED]
    assert list(Notice.objects.values_list("person", "kind")) == [(cast.customer.pk, "progress")]
    assert gather() == 0
    gather(timezone.now() + timedelta(hours=3))
    assert letters(cast.customer) == [events.REGISTERED, events.PROPOSED, events.TAKEN]


def test_a_day_of_news_is_one_letter_with_each_thing_once(cast):
    choose(cast.customer, progress=Mode.DAILY)
    for subject in ("Не печатается", "Не считается", "Не открывается"):
        in_work(cast, subject)
    errands.drain()
    for _again in range(3):
        gather(timezone.now() + LATER)

    (letter,) = Delivery.objects.filter(kind=COLLECTED)
    assert letter.subject == "Что нового: 3 обращения"
    assert [letter.text.count(words) for words in ("Не печатается", "Не считается", "Не открывается")] == [1, 1, 1]
    assert letter.text.splitlines()[0] == "От вас ничего не требуется: вот что произошло с прошлого письма."
    assert (letter.notice, letter.recipient) == ("progress", cast.customer)
    assert not Notice.objects.filter(told_at=None).exists()


def test_an_outage_of_a_week_ends_in_one_letter(cast):
    choose(cast.customer, progress=Mode.HOURLY)
    for number in range(12):
        in_work(cast, f"Тема {number}")
    errands.drain()
    Notice.objects.update(due_at=timezone.now() - timedelta(days=7))
    gather()
    gather()

    assert Delivery.objects.filter(kind=COLLECTED).count() == 1


def test_where_the_reader_has_to_do_something_stands_first(cast):
    choose(cast.customer, progress=Mode.DAILY)
    in_work(cast, "Первое")
    second = in_work(cast, "Второе")
    errands.drain()
    lifecycle.ask(second, Words(text="Где?"), by=cast.agent)
    gather(timezone.now() + LATER)

    text = Delivery.objects.get(kind=COLLECTED).text
    assert text.splitlines()[0] == "1 обращение ждёт вас: откройте его."
    assert text.index("Второе (ваш ход)") < text.index("Первое")


@pytest.mark.case("EO-03")
def test_what_may_not_be_read_any_more_is_not_told(cast):
    Organization.objects.filter(pk=cast.home.pk).update(visibility="all")
    cast.colleague.refresh_from_db()
    choose(cast.colleague, colleagues=Mode.DAILY)
    for subject in ("Тайна", "Секрет"):
        in_work(cast, subject)
    errands.drain()
    assert Notice.objects.filter(person=cast.colleague).count() == 4
    Organization.objects.filter(pk=cast.home.pk).update(visibility="own")
    gather(timezone.now() + LATER)

    assert letters(cast.colleague) == []
    assert not Notice.objects.filter(told_at=None).exists()


def test_who_follows_colleagues_hears_of_them_and_is_asked_for_nothing(cast):
    choose(cast.coordinator, colleagues=Mode.NOW)
    ticket = in_work(cast)
    lifecycle.ask(ticket, Words(text="С какого числа?"), by=cast.agent)
    conversation.note(ticket, Words(text="КАНАРЕЙКА"), by=cast.agent)
    ticket_of(cast.stranger)

    assert letters(cast.coordinator) == [events.REGISTERED, events.TAKEN, events.ASKED]
    last = Delivery.objects.filter(address=cast.coordinator.email).last()
    assert last.text.splitlines()[0] == (
        "Новости обращения вашего коллеги. От вас ничего не требуется. Анна Лебедева: вопрос № 1."
    )
    assert last.notice == "colleagues"


def test_who_left_is_told_nothing(cast):
    choose(cast.customer, progress=Mode.DAILY)
    in_work(cast)
    errands.drain()
    cast.customer.is_active = False
    cast.customer.save(update_fields=["is_active"])
    before = Delivery.objects.count()
    gather(timezone.now() + LATER)

    assert Delivery.objects.count() == before


def test_only_the_own_kinds_can_be_chosen(cast):
    choose(cast.customer, deadlines=Mode.NEVER, colleagues=Mode.NOW)

    assert set(Choice.objects.of(cast.customer)) == {"progress", "entrusted"}


@pytest.mark.parametrize(
    ("rhythm", "field"),
    [
        (Rhythm("Mars/Olympus"), "zone"),
        (Rhythm(quiet_from=time(20)), "quiet_to"),
        (Rhythm(quiet_to=time(8)), "quiet_from"),
        (Rhythm(quiet_from=time(8), quiet_to=time(8)), "quiet_to"),
    ],
)
def test_hours_that_make_no_sense_are_refused(cast, rhythm, field):
    with pytest.raises(Refused) as refused:
        choose(cast.customer, rhythm)

    assert refused.value.field == field


@pytest.fixture
def many(cast):
    """Forty thousand things told within four months, a few that wait."""
    now = timezone.now()
    rows = [
        Notice(person=cast.customer, kind="progress", event_id=n, due_at=now, told_at=now - timedelta(minutes=n * 4))
        for n in range(40_000)
    ]
    waiting = [Notice(person=cast.customer, kind="progress", event_id=-n, due_at=now + LATER) for n in range(1, 50)]
    Notice.objects.bulk_create([*rows, *waiting], batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_notice")
    return now


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda at: gathering.due(at)[:1000], "notice_waiting"),
        (lambda at: gathering.old(at - gathering.KEPT)[:1000], "notice_told"),
    ],
)
def test_what_is_due_and_what_is_old_is_found_by_an_index_among_many(many, question, index):
    plan = question(many).explain(analyze=True)

    assert (index in plan, "Seq Scan" in plan) == (True, False), plan


def test_what_was_told_long_ago_is_forgotten_some_at_a_time(many):
    waiting = Notice.objects.filter(told_at=None).count()
    old = Notice.objects.filter(told_at__lt=many - gathering.KEPT).count()

    assert gathering.sweep(many) == gathering.SWEPT
    while gathering.sweep(many):
        pass
    assert (old > gathering.SWEPT, Notice.objects.filter(told_at=None).count()) == (True, waiting)
    assert Notice.objects.exclude(told_at=None).count() == 40_000 - old


def test_quiet_hours_that_are_cleared_no_longer_hold_what_waits(cast):
    choose(cast.customer, quiet_now())
    in_work(cast)
    errands.drain()
    assert Notice.objects.filter(person=cast.customer, due_at__gt=timezone.now()).exists()
    choose(cast.customer, Rhythm())
    errands.drain()

    assert not Notice.objects.filter(person=cast.customer, due_at__gt=timezone.now()).exists()


def test_longer_quiet_hours_hold_what_waits_longer(cast):
    choose(cast.customer, quiet_now())
    in_work(cast)
    errands.drain()
    earlier = Notice.objects.filter(person=cast.customer).first()
    shorter = quiet_now()
    later = (timezone.localtime() + timedelta(hours=5)).time().replace(microsecond=0)
    choose(cast.customer, Rhythm(shorter.zone, shorter.quiet_from, later))
    errands.drain()

    assert Notice.objects.get(pk=earlier.pk).due_at > earlier.due_at
