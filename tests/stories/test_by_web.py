"""A ticket's whole life by web, as both sides see it."""

import re

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import register, say

pytestmark = pytest.mark.browser


def test_from_registration_to_acceptance_with_a_question_and_a_return(house):
    customer, agent = house.enter("contact"), house.enter("engineer")
    number = register(customer, "Не суммируются часы в табеле")

    agent.goto(f"/desk/tickets/{number}/")
    agent.click("form[action$='/work/'] button")
    expect(agent.locator(".ticket-head")).to_contain_text("в работе")
    say(agent, number, "answer", "Обращение у меня, ищу причину.")
    say(agent, number, "question", "С какого числа?")
    expect(agent.locator(".ticket-head")).to_contain_text("Ход заказчика")

    customer.goto("/")
    expect(customer.locator("main")).to_contain_text("С какого числа?")
    customer.goto(f"/tickets/{number}/")
    customer.fill("form[action$='/messages/'] textarea", "С первого октября.")
    customer.click("form[action$='/messages/'] button.btn--act")
    expect(customer.locator(".p-state")).to_contain_text("Ход за нами")

    _return(customer, agent, number)
    say(agent, number, "resolution", "Исправили и ночные.")
    customer.goto(f"/tickets/{number}/")
    customer.click("#decide form[action$='/acceptance/'] button")
    expect(customer.locator(".p-state")).to_contain_text(re.compile("закрыто", re.IGNORECASE))

    customer.goto(f"/tickets/{number}/history/")
    expect(customer.locator("main")).to_contain_text("решение № 2 принято")
    expect(customer.locator("main")).to_contain_text("решение № 1 возвращено на доработку")


def _return(customer, agent, number):
    say(agent, number, "resolution", "Исправили запрос.")
    customer.goto(f"/tickets/{number}/")
    customer.click("#decide summary")
    customer.fill("#return-reason", "Ночные часы не вошли.")
    customer.click("#decide form[action$='/return/'] button")
    expect(customer.locator(".p-state")).to_contain_text("Ход за нами")


def test_both_sides_can_ask_why_a_deadline_is_what_it_is(house):
    customer, agent = house.enter("contact"), house.enter("engineer")
    number = register(customer, "Почему такой срок")

    customer.goto(f"/tickets/{number}/deadline/resolution/")
    agent.goto(f"/desk/tickets/{number}/deadline/resolution/")

    for page in (customer, agent):
        expect(page.locator("main")).to_contain_text("Почему такой срок")
        expect(page.locator("main")).to_contain_text(re.compile(r"8[\s\u00a0]ч"))


def test_a_note_is_never_on_the_customers_page(house):
    customer, agent = house.enter("contact"), house.enter("engineer")
    number = register(customer, "Заметка для своих")
    say(agent, number, "note", "Канарейка: посмотрите q_2tp_year.")

    expect(agent.locator(".entry--note")).to_contain_text("Канарейка")
    for path in (f"/tickets/{number}/", f"/tickets/{number}/history/"):
        customer.goto(path)
        assert "Канарейка" not in customer.content()


@pytest.mark.case("TI-01")
def test_a_stranger_sees_nothing_of_it(house):
    customer, stranger = house.enter("contact"), house.enter("stranger@other.example")
    number = register(customer, "Чужое не видно")

    answers = [stranger.goto(path).status for path in (f"/tickets/{number}/", "/tickets/99999999/")]
    stranger.goto("/tickets/?words=Чужое")

    assert answers == [404, 404]
    assert f"№ {number}" not in stranger.locator("main").inner_text()


def test_two_agents_propose_a_resolution_together_and_the_second_keeps_the_text(house):
    customer, first, second = house.enter("contact"), house.enter("engineer"), house.enter("lead")
    number = register(customer, "Двое сразу")
    for page in (first, second):
        page.goto(f"/desk/tickets/{number}/?mode=resolution")
        page.fill("form[data-mode=resolution] textarea", f"Решение: {page.url}")

    first.click("form[data-mode=resolution] button.btn--act")
    expect(first.locator(".ticket-head")).to_contain_text("Ход заказчика")
    second.fill("form[data-mode=resolution] textarea", "Моё решение не должно пропасть.")
    second.click("form[data-mode=resolution] button.btn--act")

    expect(
        second.locator("form[data-mode=resolution] [role=alert], form[data-mode=resolution] .error").first
    ).to_be_visible()
    assert "Моё решение не должно пропасть." in second.content()
    expect(second.locator("#main")).to_contain_text("Анна Лебедева")
