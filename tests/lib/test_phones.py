"""One number however it is written."""

import pytest

from asmo_support.lib.phones import Number, bare, keys, number, numbers, shown


@pytest.mark.parametrize(
    "typed",
    ["8 (495) 123-45-67", "+7 495 123 45 67", "74951234567", "84951234567", "4951234567", "(495) 123-45-67",
     "тел. 8-495-123-45-67", "+7\u00a0495\u2011123\u201145\u201167"],
)  # fmt: skip
def test_a_russian_number_is_the_same_in_any_writing(typed):
    assert number(typed) == Number("+74951234567")


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("493055571600", "+493055571600"),
        ("0049 30 55571600", "+493055571600"),
        ("8-10-375-29-123-45-67", "+375291234567"),
    ],
)
def test_other_countries_are_known_with_and_without_the_plus(typed, e164):
    assert number(typed).e164 == e164


@pytest.mark.parametrize("typed", ["", "anonymous", "101", "+", "12345678901234567890", "Отдел кадров", "\x00", "９"])
def test_what_is_no_number_is_none(typed):
    assert (number(typed), keys(typed)) == (None, [])


@pytest.mark.parametrize("typed", ["8 342 200-10-41 доб. 33", "+7 342 200-10-41 вн. 33", "+7 342 200-10-41 ext. 33"])
def test_an_extension_is_kept_beside_the_number(typed):
    assert number(typed) == Number("+73422001041", "33")


@pytest.mark.parametrize(
    "said",
    ["73422001041@sip.host", "sip:73422001041@sip.host:5060", '"Имя" <sip:+73422001041@host>', "<tel:+7-342-200-10-41>",
     "sips:%2B73422001041@10.0.0.1;transport=tls", "Марина <sip:83422001041;user=phone@host>", "tel:+73422001041"],
)  # fmt: skip
def test_an_address_of_an_exchange_is_the_number_in_it(said):
    assert number(said) == Number("+73422001041")


@pytest.mark.parametrize(
    ("said", "inner"),
    [
        ("101@sip.host", "101"),
        ('"Анна" <sip:101@10.0.0.1>', "101"),
        ("tel:+73422001041;ext=33", "+73422001041 доб. 33"),
        ("anna@vendor.example", "anna@vendor.example"),
        ("sip:anna@host", "sip:anna@host"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_an_address_of_an_exchange_keeps_what_is_no_outer_number(said, inner):
    assert bare(said) == inner


def test_several_numbers_stand_in_one_text():
    typed = "8 342 200-10-41, доб. 33; +7 912 555-01-02\nприёмная"

    assert numbers(typed) == [Number("+73422001041", "33"), Number("+79125550102")]
    assert keys(typed) == ["+73422001041", "+73422001041;ext=33", "+79125550102"]


def test_a_number_is_shown_as_people_read_it():
    assert shown("+74951234567") == "+7 495 123-45-67"
