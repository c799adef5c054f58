"""What is promised to two customers with different contracts, and what becomes of it, as both sides see it."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.config.conftest import eventually
from tests.parts.promises import MOSCOW, SUBJECT
from tests.stories.conftest import register

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]


def promises(house, what):
    """Run the part that writes past days into the running service; what it says."""
    both = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [sys.executable, "-P", "-m", "tests.parts.promises", what]
    environment = {**house.environment, "PYTHONPATH": both, "ASMO_DEMO": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def promised(house):
    return promises(house, "lay")


def both(customer, agent, number, rest=""):
    """The page of a ticket as the customer and as the agent see it."""
    customer.goto(f"/tickets/{number}/{rest}")
    agent.goto(f"/desk/tickets/{number}/{rest}")
    return customer, agent


def rows(page):
    """What was counted on each day, as the page says it."""
    return [" ".join(one.split()) for one in page.locator(".why-table tbody td.r").all_inner_texts()]


def triage(agent, number, reason, **changes):
    """The desk changes what the request is, with a reason."""
    agent.goto(f"/desk/tickets/{number}/triage/")
    for name, value in changes.items():
        field = agent.locator(f"#sheet [name={name}], #main [name={name}]").first
        field.set_checked(value) if isinstance(value, bool) else field.select_option(value)
    agent.fill("[name=reason]", reason)
    agent.get_by_role("button", name="Сохранить").click()
    agent.wait_for_url(re.compile(rf"/desk/tickets/{number}/$"))


def test_two_customers_send_the_same_request_and_each_is_told_why_its_deadline_is_its_own(house, promised):
    agent, ends = house.enter("engineer"), []
    for person, rules, norm, hours in (
        ("plant", "Круглосуточный, 4 часа, версия 1", "4 ч", "Круглосуточный, версия 1"),
        ("yard", "Сменный, 34 часа, версия 1", "34 ч", "Смены верфи, версия 1"),
    ):
        customer = house.enter(promised[person])
        number = register(customer, SUBJECT)
        for page in both(customer, agent, number, "deadline/resolution/"):
            told = page.locator("#main")
            expect(told.locator(".why-lead .strong").first).to_have_text(re.compile(norm.replace(" ", r"\s")))
            expect(told.locator(".why-from dd").nth(0)).to_contain_text(rules)
            expect(told.locator(".why-from dd").nth(1)).to_contain_text(hours)
        agent.goto(f"/desk/tickets/{number}/")
        ends.append(agent.locator("#head .strip").first.inner_text())

    assert ends[0] != ends[1]


def test_a_weekend_of_waiting_and_a_shortened_day_are_counted_as_they_were(house, promised):
    customer, agent = house.enter(promised["yard"]), house.enter("engineer")

    for page in both(customer, agent, promised["waited"], "deadline/resolution/"):
        assert rows(page)[:2] == ["1 ч 15:00–16:00", "6 ч 10:00–16:00"]
        assert rows(page)[3] == "3 ч 9:00–12:00"
        expect(page.locator(".why-lead .strong").last).to_have_text(re.compile(r"^3\sч$"))
        expect(page.locator(".why-sum")).to_contain_text("12:00")


def test_triage_moves_the_deadline_and_both_sides_are_told_what_moved_and_why(house, promised):
    customer, agent = house.enter(promised["yard"]), house.enter("engineer")
    number = promised["moved"]
    triage(agent, number, "Встала вся верфь.", critical=True, impact="organization", urgency="high")

    for page in both(customer, agent, number, "deadline/resolution/"):
        assert rows(page)[3] == "2 ч 9:00–11:00"
        expect(page.locator(".why-from dd").last).to_contain_text("Встала вся верфь.")
        expect(page.locator(".why-from dd").last).to_contain_text(re.compile(r"33\sч, было 34\sч"))
    customer.goto(f"/tickets/{number}/history/")
    expect(customer.locator("main")).to_contain_text("влияние")


def test_a_planned_date_goes_from_offer_over_counter_offer_to_agreement_in_two_windows(house, promised):
    customer, agent = house.enter(promised["plant"]), house.enter("engineer")
    number = register(customer, "Нужна графа в путевом листе")
    triage(agent, number, "Это новая графа, нормы для неё нет.", kind="change", standard=False)
    ours, theirs = (datetime.now(MOSCOW).date() + timedelta(days=n) for n in (20, 10))
    agent.goto(f"/desk/tickets/{number}/?mode=date")
    agent.fill("#plan-date", ours.isoformat())
    agent.fill("form[data-mode=date] textarea", "Войдёт в следующий выпуск.")
    agent.click("form[data-mode=date] button.btn--act")
    expect(agent.locator("#timeline")).to_contain_text("ждёт согласия")

    customer.goto(f"/tickets/{number}/")
    expect(customer.locator("#date")).to_contain_text("Войдёт в следующий выпуск.")
    customer.click("#date summary")
    customer.fill("#plan-date", theirs.isoformat())
    customer.fill("#plan-reason", "Проверка пятнадцатого.")
    customer.get_by_role("button", name="Предложить этот день").click()
    expect(customer.locator("#date .offer")).to_have_count(2)

    # The open page of the agent hears of it by itself.
    agent.locator("#timeline .plate", has_text="Проверка пятнадцатого.").locator(".btn--act").click()
    expect(agent.locator("#timeline")).to_contain_text("Согласие дано")
    for page in both(customer, agent, number, "deadline/planned/"):
        expect(page.locator(".why-table--dates tbody tr")).to_have_count(2)
        expect(page.locator(".why-table--dates tbody tr").last).to_contain_text("согласован")
        expect(page.locator(".why-lead")).to_contain_text("Обе стороны с ним согласны")


def test_the_warning_comes_once_and_not_while_nobody_works(house, promised):
    agent = house.enter("engineer")
    for _again in range(2):
        promises(house, "minute")
    letters = agent.locator("tr", has_text=f"№ {promised['warned']}").filter(has_text="Время на исходе")
    eventually(lambda: agent.goto("/desk/letters/outgoing/") and letters.count())

    assert letters.count() == 1
    assert [warnings(agent, promised[name]) for name in ("warned", "silent")] == [1, 0]


def warnings(agent, number):
    """How many warnings the history of a ticket has."""
    agent.goto(f"/desk/tickets/{number}/")
    return agent.locator("#timeline").text_content().count("прошло 75 %")
