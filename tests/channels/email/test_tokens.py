"""Only we can make a mark, and only for one ticket of one customer (EI-16)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asmo_support.channels.email import tokens

KEY, OLD, OTHER = b"k" * 32, b"o" * 32, b"x" * 32


def test_the_address_to_answer_to_carries_the_number_and_holds():
    address = tokens.reply_address([KEY], "support@asmo.example", 1042, 77)

    (claim,) = tokens.claims([address], [])

    assert address.startswith("support+t1042.")
    assert (claim.number, claim.nonce) == (1042, "")
    assert tokens.holds([KEY], claim, 77)


def test_two_message_ids_of_a_ticket_differ_and_both_hold():
    ids = [tokens.message_id([KEY], "asmo.example", 1042, 77) for _ in range(2)]

    found = tokens.claims([], [f"<{one}>" for one in ids])

    assert ids[0] != ids[1]
    assert [tokens.holds([KEY], claim, 77) for claim in found] == [True, True]


@pytest.mark.case("EI-16")
@pytest.mark.parametrize(("number", "organization", "key"), [(1043, 77, KEY), (1042, 78, KEY), (1042, 77, OTHER)])
def test_a_mark_holds_for_no_other_ticket_customer_or_key(number, organization, key):
    (claim,) = tokens.claims([tokens.reply_address([KEY], "support@asmo.example", 1042, 77)], [])

    assert not tokens.holds([key], tokens.Claim(number, claim.mac), organization)


def test_a_mark_of_an_address_is_none_of_a_message_id():
    (claim,) = tokens.claims([tokens.reply_address([KEY], "support@asmo.example", 1042, 77)], [])

    assert not tokens.holds([KEY], tokens.Claim(1042, claim.mac, "aaaaaaaaaaaaaaaa"), 77)


def test_an_old_key_still_checks_and_no_longer_makes():
    old = tokens.claims([tokens.reply_address([OLD], "support@asmo.example", 5, 1)], [])[0]

    assert tokens.holds([KEY, OLD], old, 1)
    assert tokens.reply_address([KEY, OLD], "s@a.example", 5, 1) == tokens.reply_address([KEY], "s@a.example", 5, 1)


def test_a_mail_server_may_turn_letters_big():
    address = tokens.reply_address([KEY], "support@asmo.example", 1042, 77).upper()

    assert [tokens.holds([KEY], claim, 77) for claim in tokens.claims([address], [])] == [True]


def test_an_own_plus_in_the_mailbox_gives_way():
    assert tokens.reply_address([KEY], "desk+old@asmo.example", 7, 1).count("+") == 1


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="guessed"):
        tokens.reply_address([b"short"], "s@a.example", 1, 1)


@given(st.text(max_size=80))
def test_any_words_are_no_claim_or_one_that_does_not_hold(words):
    assert not any(tokens.holds([KEY], claim, 77) for claim in tokens.claims([words], [words]))
