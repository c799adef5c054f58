"""The published table says what the code does, and nothing is open for ever."""

from datetime import date

from asmo_support.config.policy import POLICY, every_route_has_a_policy
from asmo_support.lib.roles import ALL_ROLES
from tests.matrix.table import FILE, table


def test_the_published_table_is_what_the_code_says():
    assert FILE.read_text(encoding="utf-8") == table(), "run: python -m tests.matrix.write, and say why in the commit"


def test_the_start_up_check_finds_nothing():
    assert every_route_has_a_policy(None) == []


def test_whatever_is_public_says_why_and_will_be_looked_at_again():
    public = {key: rule for key, rule in POLICY.items() if rule.public}

    assert [key for key, rule in public.items() if len(rule.public.split()) < 2] == []
    assert [key for key, rule in public.items() if rule.review is None or rule.review <= date.today()] == []  # noqa: DTZ011


def test_the_policy_names_only_roles_that_exist_and_lets_act_only_who_may_enter():
    assert [key for key, rule in POLICY.items() if not rule.act <= rule.enter <= ALL_ROLES] == []


def test_every_rule_but_a_closed_one_lets_somebody_act():
    assert [key for key, rule in POLICY.items() if rule.enter and not rule.act] == []
