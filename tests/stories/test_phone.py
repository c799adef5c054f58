"""A phone is enough for the desk too: nothing is cut at the edge, and the talk has the room."""

import pytest

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}
BEYOND = """(which) => [...document.querySelectorAll(which)].filter((one) => {
  const place = one.getBoundingClientRect();
  return place.width && place.right > innerWidth + 1;
}).length"""


def first(page, address):
    """The address of the first ticket of a list."""
    page.goto(address)
    return page.locator("a[href*='/tickets/1']").first.get_attribute("href")


@pytest.mark.parametrize(("who", "tickets"), [("engineer", "/desk/?state=open"), ("contact", "/tickets/")])
def test_the_arithmetic_of_a_deadline_is_whole_on_a_phone(house, who, tickets):
    page = house.enter(who, **PHONE)
    page.goto(f"{first(page, tickets)}deadline/reaction/")

    assert (page.locator(".why-table td").count() > 0, page.evaluate(BEYOND, ".why *, .why-from *")) == (True, 0)


def test_the_clocks_of_a_customer_are_whole_on_a_phone(house):
    page = house.enter("engineer", **PHONE)
    page.goto("/desk/customers/1/")

    assert (page.locator(".clock").count() > 0, page.evaluate(BEYOND, ".clock, .clock *")) == (True, 0)


def test_the_bar_of_a_ticket_is_one_line_and_the_composer_opens_when_it_is_touched(house):
    page = house.enter("operator", **PHONE)
    page.goto(first(page, "/desk/?state=registered"))
    bar, rest = page.locator(".bar").bounding_box()["height"], page.locator(".composer").bounding_box()["height"]
    page.locator(".compose-text:visible").focus()

    assert (bar < 70, rest < 110, page.locator(".compose-foot:visible").count()) == (True, True, 1)
