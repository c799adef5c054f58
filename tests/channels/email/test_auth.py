"""Whose word about the sender counts (EI-18), and marks of ours in foreign letters (EI-20)."""

import pytest

from asmo_support.channels.email import auth
from asmo_support.channels.email.letter import Auth
from asmo_support.channels.email.parse import parse
from tests.letters.build import text

MX = "mx.asmo.example"
PASS = f"{MX}; dmarc=pass header.from=kama.example; spf=pass smtp.mailfrom=anna@kama.example; dkim=pass header.d=kama.example"


def test_the_topmost_word_of_our_server_counts():
    found = auth.read([PASS, f"{MX}; dmarc=fail"], MX)

    assert found == Auth("pass", "pass", "pass", "kama.example", ("kama.example",), "kama.example")
    assert found.vouches_for("kama.example")


@pytest.mark.case("EI-18")
@pytest.mark.parametrize(
    "values",
    [
        [],
        ["mx.evil.test; dmarc=pass header.from=kama.example"],
        ["mx.evil.test; spf=pass", PASS],
        [f"{MX}; dmarc=fail header.from=kama.example", PASS],
        [f"{MX}; dmarc=pass header.from=evil.test"],
        [f"{MX}; dmarc=pass header.from=kama.example; dmarc=fail header.from=kama.example"],
        [f"{MX}; spf=pass smtp.mailfrom=evil.test; dkim=pass header.d=evil.test"],
        [f"{MX}.evil.test; dmarc=pass header.from=kama.example"],
        ["(" * 3_000],
        [f"{MX}; dmarc=pass (" + "x" * 9_000],
    ],
)
def test_a_forged_or_doubtful_word_proves_nothing(values):
    assert not auth.read(values, MX).vouches_for("kama.example")


def test_without_a_policy_an_aligned_signature_does():
    assert auth.read([f"{MX}; dmarc=none; dkim=pass header.d=kama.example"], MX).vouches_for("kama.example")


def test_nobody_is_trusted_until_a_server_is_named():
    assert auth.read([PASS], "") == Auth()


@pytest.mark.case("EI-20")
def test_our_own_marks_in_a_letter_reach_nobody():
    marks = [("X-Asmo-Verified", "yes"), ("X-Asmo-Ticket", "1042"), ("X-Asmo-Loop", "1")]

    assert parse(text(more=marks)) == parse(text())


@pytest.mark.case("EI-18")
def test_a_proven_domain_does_not_prove_a_doubtful_sender():
    doubtful = parse(
        text(sender=b'"alice@kama.example" <anna@kama.example>', more=[("Authentication-Results", PASS)]),
        authserv_id=MX,
    )

    assert doubtful.auth.vouches_for("kama.example")
    assert not doubtful.is_authenticated
