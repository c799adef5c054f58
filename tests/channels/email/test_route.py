"""Every row of the table of who may do what by letter (EI-14..EI-17, EI-20..EI-22)."""

import dataclasses

import pytest

from asmo_support.channels.email import route
from asmo_support.channels.email.letter import Address, Auth, Letter, Report
from asmo_support.channels.email.route import AutoReply, Bounce, Claims, Known, Loop, New, Reply

ANNA = Address("anna@kama.example")
LETTER = Letter(sender=ANNA, verified_syntax=True, subject="Акт")
PROVEN = dataclasses.replace(LETTER, auth=Auth(dmarc="pass", dmarc_from="kama.example"))
TAKES_PART = frozenset({1042})
OWN = frozenset({"support@asmo.example"})


@pytest.mark.parametrize(
    ("letter", "known", "wanted"),
    [
        (LETTER, Known(), New(authenticated=False, may_answer=True)),
        (PROVEN, Known(), New(authenticated=True, may_answer=True)),
        (LETTER, Known(tokens=(1042,), participates=TAKES_PART), Reply(1042, authenticated=False)),
        (PROVEN, Known(tokens=(1042,), participates=TAKES_PART), Reply(1042, authenticated=True)),
        (PROVEN, Known(threads=(1042,), participates=TAKES_PART), Reply(1042, authenticated=True)),
        (LETTER, Known(threads=(1042,), participates=TAKES_PART), Claims(1042, authenticated=False, may_answer=True)),
        (LETTER, Known(tokens=(1042,)), Claims(1042, authenticated=False, may_answer=True)),
        (PROVEN, Known(threads=(1042,)), Claims(1042, authenticated=True, may_answer=True)),
    ],
)
@pytest.mark.case("EI-16")
@pytest.mark.case("EI-22")
def test_a_customer_joins_by_a_mark_or_proven_by_the_thread(letter, known, wanted):
    assert route.decide(letter, known) == wanted


@pytest.mark.case("EI-16")
@pytest.mark.parametrize(
    ("letter", "known", "joins"),
    [
        (PROVEN, Known(named=(1042,)), True),
        (LETTER, Known(named=(1042,)), False),
        (PROVEN, Known(participates=TAKES_PART), False),
        (PROVEN, Known(named=(1042,), is_staff=True), False),
        (PROVEN, Known(named=(1042,), threads=(7,)), False),
        (dataclasses.replace(PROVEN, verified_syntax=False), Known(named=(1042,)), False),
        (dataclasses.replace(PROVEN, machine=("auto-submitted",)), Known(named=(1042,)), False),
    ],
)
def test_a_number_in_the_subject_joins_for_a_proven_participant_and_is_a_claim_for_anybody_else(letter, known, joins):
    decision = route.decide(dataclasses.replace(letter, subject="Re: [№ 1042] Акт"), known)

    assert decision == Reply(1042, authenticated=True, by_name=True) if joins else isinstance(decision, Claims)


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("[№ 1042] Акт", 1042),
        ("Fwd: Re: [№1042] Акт", 1042),
        ("[#1042] Акт", None),
        ("[АСМО-1042] Акт", None),
        ("[№ 7] Принято: [№ 1042] Акт", None),
    ],
)
def test_only_our_own_tag_alone_names_a_ticket_to_join(subject, number):
    assert route.our_number(subject) == number


@pytest.mark.case("EI-16")
def test_a_doubtful_sender_with_a_mark_waits_for_a_person():
    doubtful = dataclasses.replace(LETTER, verified_syntax=False)

    decision = route.decide(doubtful, Known(tokens=(1042,), participates=TAKES_PART))

    assert decision == Claims(1042, authenticated=False, may_answer=False)


@pytest.mark.case("EI-17")
@pytest.mark.parametrize(
    ("letter", "known", "wanted"),
    [
        (PROVEN, Known(is_staff=True, tokens=(1042,)), Reply(1042, authenticated=True)),
        (LETTER, Known(is_staff=True, tokens=(1042,)), Claims(1042, False, False, "staff-unproven")),
        (PROVEN, Known(is_staff=True, threads=(1042,)), Claims(1042, True, False, "staff-without-token")),
        (LETTER, Known(is_staff=True), New(False, False, "staff-unproven")),
        (PROVEN, Known(is_staff=True), New(authenticated=True, may_answer=False)),
    ],
)
def test_staff_speak_by_letter_only_proven_and_with_a_mark(letter, known, wanted):
    assert route.decide(letter, known) == wanted


@pytest.mark.case("EI-14")
@pytest.mark.parametrize(
    ("known", "thread_ids", "wanted"),
    [
        (Known(tokens=(1042,), participates=TAKES_PART), (), AutoReply(1042)),
        (Known(), ("old@asmo.example",), AutoReply(None)),
        (Known(), (), New(authenticated=False, may_answer=False)),
    ],
)
def test_a_program_is_never_answered(known, thread_ids, wanted):
    robot = dataclasses.replace(LETTER, machine=("auto-submitted",), in_reply_to=thread_ids)

    assert route.decide(robot, known) == wanted


@pytest.mark.case("EI-14")
def test_a_bounce_is_matched_to_the_letter_that_came_back():
    report = Report("petr@kama.example", "failed", "5.1.1", "User unknown", hard=True)
    bounce = dataclasses.replace(LETTER, bounce=True, machine=("report",), reports=(report,))

    assert route.decide(bounce, Known(returned=(7,), tokens=(1042,))) == Bounce(7)
    assert route.decide(bounce, Known()) == Bounce(None)


@pytest.mark.case("EI-15")
@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (Known(own_addresses=frozenset({"Anna@Kama.example"})), "own-address"),
        (Known(recent_same_words=route.SAME_WORDS), "same-words"),
        (Known(recent_in_ticket=route.TICKET_PER_HOUR), "too-many-in-ticket"),
        (Known(recent_from_sender=route.SENDER_PER_HOUR), "too-many-from-sender"),
    ],
)
def test_a_loop_stops_with_its_reason(known, reason):
    assert route.decide(LETTER, dataclasses.replace(known, tokens=(1042,))) == Loop(
        1042, reason, reason != "own-address"
    )


@pytest.mark.case("EI-15")
def test_of_a_loop_a_persons_letters_wait_and_a_programs_are_put_aside():
    circles = Known(recent_same_words=route.SAME_WORDS)
    by_list, robot = (dataclasses.replace(LETTER, machine=(mark,)) for mark in ("list", "auto-submitted"))

    assert route.decide(by_list, circles) == Loop(None, "same-words", waits=True)
    assert route.decide(robot, circles) == Loop(None, "same-words", waits=False)


@pytest.mark.case("EI-15")
def test_a_proven_participant_may_write_in_bursts_and_nobody_else():
    burst = Known(tokens=(1042,), participates=TAKES_PART, recent_in_ticket=route.TICKET_PER_HOUR, recent_same_words=9)
    flood = dataclasses.replace(burst, recent_in_ticket=route.PROVEN_PER_HOUR)
    robot = dataclasses.replace(PROVEN, machine=("auto-submitted",))

    assert route.decide(PROVEN, burst) == Reply(1042, authenticated=True)
    assert route.decide(PROVEN, flood) == Loop(1042, "too-many-in-ticket", waits=True)
    assert isinstance(route.decide(LETTER, burst), Loop)
    assert isinstance(route.decide(robot, burst), Loop)
    assert isinstance(route.decide(PROVEN, dataclasses.replace(burst, participates=frozenset())), Loop)


@pytest.mark.case("EI-19")
def test_a_doubtful_sender_is_not_counted_among_those_it_names():
    doubtful = dataclasses.replace(LETTER, verified_syntax=False)
    many = Known(recent_from_sender=route.SENDER_PER_HOUR, recent_same_words=route.SAME_WORDS, recent_in_ticket=99)

    assert route.decide(doubtful, many) == New(authenticated=False, may_answer=False)


@pytest.mark.case("EI-15")
def test_one_letter_below_each_limit_is_no_loop():
    known = Known(
        own_addresses=OWN,
        recent_same_words=route.SAME_WORDS - 1,
        recent_in_ticket=route.TICKET_PER_HOUR - 1,
        recent_from_sender=route.SENDER_PER_HOUR - 1,
    )

    assert route.decide(LETTER, known) == New(authenticated=False, may_answer=True)


@pytest.mark.case("EI-21")
def test_a_stranger_in_copy_changes_nothing():
    copied = dataclasses.replace(LETTER, cc=(Address("eve@evil.test"),))
    known = Known(tokens=(1042,), participates=TAKES_PART)

    assert route.decide(copied, known) == route.decide(LETTER, known)


@pytest.mark.parametrize(
    ("subject", "numbers"),
    [
        ("Re: [#1042] Акт", (1042,)),
        ("Re: [№ 1042] Акт", (1042,)),
        ("Re: [АСМО-1042] Акт [#7]", (1042, 7)),
        ("Re: 1042", ()),
        ("Акт [2026-11-16]", ()),
    ],
)
def test_only_our_tag_in_a_subject_is_a_number(subject, numbers):
    assert route.claimed_numbers(subject) == numbers


@pytest.mark.case("EI-15")
def test_who_answers_our_answers_gets_no_further_one_and_the_desk_hears_of_it():
    again = dataclasses.replace(LETTER, subject="Re: [№ 1042] Акт")
    soon = Known(is_soon=True, soon_today=route.SOON_IN_A_DAY)

    assert route.decide(again, Known(named_today=route.NAMED_IN_A_DAY)) == Claims(1042, False, False, circles=True)
    assert route.decide(LETTER, soon) == New(authenticated=False, may_answer=False, circles=True)
    assert route.decide(LETTER, dataclasses.replace(soon, is_soon=False)) == New(False, may_answer=True)
    assert route.decide(LETTER, Known(named_today=route.NAMED_IN_A_DAY)) == New(False, may_answer=True)


@pytest.mark.case("EI-14")
@pytest.mark.parametrize("mark", ["auto-replied", "receipt"])
def test_what_can_only_be_an_answer_opens_no_ticket_and_an_alarm_does(mark):
    answer, alarm = (dataclasses.replace(LETTER, machine=("auto-submitted", *more)) for more in ([mark], []))

    assert route.decide(answer, Known()) == AutoReply(None)
    assert route.decide(alarm, Known()) == New(authenticated=False, may_answer=False)


@pytest.mark.case("EI-14")
def test_an_automatic_answer_is_shown_in_the_ticket_it_names_and_opens_none():
    away = dataclasses.replace(LETTER, machine=("subject",), subject="Автоответ: [№ 1042] Акт")

    assert route.decide(away, Known(participates=TAKES_PART)) == AutoReply(1042)
    assert route.decide(away, Known()) == AutoReply(None)


@pytest.mark.parametrize("marks", [("list",), ("auto-response-suppress",)])
def test_a_participant_who_writes_through_a_list_or_a_help_desk_is_heard(marks):
    known = Known(tokens=(1042,), participates=TAKES_PART)

    assert route.decide(dataclasses.replace(LETTER, machine=marks), known) == Reply(1042, authenticated=False)
    assert route.decide(dataclasses.replace(LETTER, machine=(*marks, "subject")), known) == AutoReply(1042)
