"""`asmo token`, as an administrator types it."""

import pytest
from click.testing import CliRunner

from asmo_support.config.commands.token import token
from asmo_support.lib.errors import Broken
from asmo_support.people.actions.tokens import bearer
from asmo_support.people.models import AccessToken


@pytest.fixture
def typed(db):
    """The test database answers already; the command must find it as it is."""
    return lambda *words: CliRunner().invoke(token, words, catch_exceptions=True)


def last_line(result):
    return result.output.splitlines()[-1]


def test_create_prints_a_token_that_works_alone_on_the_last_line(cast, typed):
    result = typed("create", "Engineer@test.example")

    assert (result.exit_code, bearer(last_line(result))) == (0, cast.agent)


def test_list_names_keys_without_showing_them_and_revoke_closes_one(cast, typed):
    made = last_line(typed("create", cast.agent.email, "--name", "reports"))
    number = AccessToken.objects.get().pk
    before = typed("list", cast.agent.email).output
    closed = typed("revoke", str(number))
    after = typed("list", cast.agent.email).output

    assert [line.split("\t")[:3] for line in (before, after)] == [
        [str(number), "reports", "valid"],
        [str(number), "reports", "revoked"],
    ]
    assert (closed.exit_code, made in before, bearer(made)) == (0, False, None)


@pytest.mark.parametrize("words", [("create", "nobody@test.example"), ("list", "nobody@test.example"), ("revoke", "7")])
def test_what_is_not_there_is_said_in_one_sentence(cast, typed, words):
    assert isinstance(typed(*words).exception, Broken)


def test_a_deactivated_person_gets_no_key(cast, typed):
    cast.agent.is_active = False
    cast.agent.save(update_fields=["is_active"])

    assert isinstance(typed("create", cast.agent.email).exception, Broken)
