"""Domains: one form for each, providers of mail belong to nobody, the nearest customer is named."""

import pytest
from django.db import IntegrityError, transaction

from asmo_support.lib.errors import Refused
from asmo_support.people.actions.domains import add_domain, remove_domain
from asmo_support.people.domains import canonical, readable, suffixes
from asmo_support.people.lookups import domains_of, organization_by_domain
from asmo_support.people.models import OrganizationDomain


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Kama.RU", "kama.ru"),
        (" @kama.ru. ", "kama.ru"),
        ("ivan@mail.kama.ru", "mail.kama.ru"),
        ("завод.рф", "xn--80aegj1b.xn--p1ai"),
        ("xn--80aegj1b.xn--p1ai", "xn--80aegj1b.xn--p1ai"),
        ("ｋａｍａ.ru", "kama.ru"),
        *[(wrong, "") for wrong in ("", "kama", "kama..ru", "-kama.ru", "10.0.0.1", "ka ma.ru", "a" * 64 + ".ru", "@")],
    ],
)
@pytest.mark.case("EI-19")
def test_a_domain_has_one_form(said, meant):
    assert canonical(said) == meant


def test_a_russian_domain_is_shown_as_it_is_written():
    assert readable("xn--80aegj1b.xn--p1ai") == "завод.рф"


@pytest.mark.parametrize("address", ["a@gmail.com", "a@yandex.ru", "a@MAIL.ru", "a@msk.ru", "kama.ru", "a@", ""])
def test_some_addresses_belong_to_no_customer(address):
    assert suffixes(address) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("gmail.com", "Anybody can have an address at gmail.com"),
        ("@Yandex.RU", "Anybody can have an address at yandex.ru"),
        ("com.ru", "Anybody"),
        ("kama", "This is not a domain"),
        ("завод.рф", "belongs to Северная руда already"),
    ],
)
def test_what_cannot_name_a_customer_is_refused_in_words(cast, said, words):
    add_domain(cast.abroad, "завод.рф", by=cast.lead)

    with pytest.raises(Refused, match=words) as refusal:
        add_domain(cast.home, said, by=cast.lead)

    assert (refusal.value.field, OrganizationDomain.objects.count()) == ("domain", 1)


def test_the_database_knows_one_form_and_one_owner_of_a_domain(cast):
    add_domain(cast.home, "kama.ru", by=cast.lead)

    for domain in ("kama.ru", "Kama.com", "kama"):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrganizationDomain.objects.create(organization=cast.abroad, domain=domain)


def test_the_nearest_domain_names_the_customer_until_it_is_taken_away(cast):
    add_domain(cast.home, "kama.ru", by=cast.lead)
    branch = add_domain(cast.abroad, "ruda.kama.ru", by=cast.lead)

    assert organization_by_domain("X@Kama.RU") == cast.home
    assert organization_by_domain("x@mail.kama.ru") == cast.home
    assert organization_by_domain("x@a.ruda.kama.ru") == cast.abroad
    assert organization_by_domain("x@notkama.ru") is None
    remove_domain(branch, by=cast.lead)
    assert organization_by_domain("x@a.ruda.kama.ru") == cast.home
    assert [one.domain for one in domains_of(cast.home)] == ["kama.ru"]
