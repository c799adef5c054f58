"""Mail that does not work: the administrators hear of it once, and once when it is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asmo_support.channels import alarms
from asmo_support.channels.email.servers import went_well, went_wrong
from asmo_support.channels.models import Delivery, Mailbox, SmtpServer
from asmo_support.channels.queries import ALARM_AFTER
from asmo_support.channels.setup import Account, close_mailbox, save_mailbox
from asmo_support.journal import errands
from asmo_support.people.models import User
from asmo_support.people.roles import Role

LATE = ALARM_AFTER + timedelta(minutes=1)


@pytest.fixture
def mailbox(cast):
    return Mailbox.objects.create(address="support@vendor.example", host="imap.vendor.example", port=993)


@pytest.fixture
def server(cast):
    return SmtpServer.objects.create(
        id=1, from_address="support@vendor.example", host="smtp.vendor.example", port=465, good_at=timezone.now()
    )


def told():
    """What the administrators have been written, in order."""
    alarms.look()
    errands.drain()
    return list(Delivery.objects.filter(kind__startswith="mail.").order_by("id"))


def fails(one, *, for_long=True):
    """It stops working; since when, is as long ago as asked."""
    went_wrong(one, ConnectionRefusedError(111, "Connection refused"))
    if for_long:
        one.failing_since = timezone.now() - LATE
        one.save(update_fields=["failing_since"])
    return one.failing_since


def works(one):
    one.refresh_from_db()
    went_well(one)


def test_a_mailbox_that_fails_for_long_is_told_once_to_administrators_alone(cast, mailbox):
    fails(mailbox, for_long=False)
    assert told() == []
    fails(mailbox)
    for _minute in range(3):
        letters = told()

    assert [(one.address, one.internal) for one in letters] == [(cast.admin.email, True)]
    letter = letters[0]
    assert letter.subject == "Письма не приходят: support@vendor.example"
    assert letter.text.startswith("На этом порту никто не отвечает")
    assert "Connection refused" in letter.text
    assert "Connection refused" in letter.html
    assert "/desk/mail/" in letter.text


def test_when_it_works_again_one_letter_says_so_and_the_next_failure_is_a_new_one(cast, mailbox):
    since = fails(mailbox)
    told()
    works(mailbox)
    letters = told()
    assert [one.kind for one in letters] == [alarms.FAILING, alarms.WORKING]
    assert timezone.localtime(since).strftime("%H:%M") in letters[1].text
    assert len(told()) == 2

    fails(mailbox)
    assert [one.kind for one in told()][2:] == [alarms.FAILING]


def test_a_short_failure_and_a_server_that_is_off_say_nothing(cast, mailbox):
    fails(mailbox, for_long=False)
    works(mailbox)
    assert told() == []
    fails(mailbox)
    close_mailbox(mailbox, by=cast.admin)

    assert told() == []


def test_new_settings_end_nothing_until_it_works_with_them(cast, mailbox):
    fails(mailbox)
    told()
    mailbox.refresh_from_db()
    account = Account(host="mail.vendor.example", user="support", password="another")
    save_mailbox(account, by=cast.admin, address=mailbox.address, mailbox=mailbox)
    assert [one.kind for one in told()] == [alarms.FAILING]
    fails(mailbox)
    assert [one.kind for one in told()] == [alarms.FAILING]
    works(mailbox)

    assert [one.kind for one in told()] == [alarms.FAILING, alarms.WORKING]


def test_the_server_that_sends_cannot_bring_its_own_news_and_says_afterwards_how_long_it_stood(cast, server):
    fails(server)
    assert told() == []
    server.refresh_from_db()
    assert server.alarmed_at is not None
    works(server)

    letters = told()
    assert [(one.kind, one.subject) for one in letters] == [
        (alarms.WORKING, "Письма снова уходят: support@vendor.example")
    ]
    assert letters[0].text.startswith("Делать ничего не нужно")


def test_while_nothing_leaves_nothing_is_said_of_mailboxes_and_what_outlasts_it_is_told_then(cast, server, mailbox):
    fails(server, for_long=False)
    fails(mailbox)
    assert told() == []
    works(server)

    assert [one.kind for one in told()] == [alarms.FAILING]


def test_a_letter_that_has_not_left_before_it_is_over_never_does(cast, server, mailbox):
    fails(mailbox)
    told()
    works(mailbox)

    letters = told()
    assert [(one.kind, one.state) for one in letters] == [(alarms.FAILING, "kept"), (alarms.WORKING, "queued")]


def test_what_is_over_before_the_letter_is_written_is_not_written(cast, mailbox):
    fails(mailbox)
    alarms.look()
    works(mailbox)

    assert [one.kind for one in told()] == [alarms.WORKING]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_is_written_in_the_language_of_the_reader(cast, mailbox, language):
    User.objects.filter(role=Role.ADMIN).update(language=language)
    fails(mailbox)

    [letter] = told()
    assert ("Не работает с" in letter.text, "Does not work since" in letter.text) == (
        language == "ru",
        language == "en",
    )


def test_looking_costs_two_statements_however_many_mailboxes_there_are(cast, server, django_assert_num_queries):
    for number in range(30):
        Mailbox.objects.create(address=f"box{number}@vendor.example", host=f"imap{number}.example", port=993)
    with django_assert_num_queries(4, connection=None):  # two, in a savepoint
        assert alarms.look() == 0
