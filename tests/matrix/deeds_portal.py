"""Deeds of customers."""

from asmo_support.tickets.states import State
from tests.matrix.deed import Deed, also, another_day, text

ASKED = text(kind="bug", subject="Не печатается", text="Пустой лист.", impact="person", urgency="normal")
PORTAL: dict[tuple[str, str], Deed] = {
    ("portal:ticket-new", "POST"): Deed(ASKED),
    ("portal:ticket-messages", "POST"): Deed(text(text="С первого.")),
    ("portal:ticket-acceptance", "POST"): Deed(state=State.REVIEW),
    ("portal:ticket-return", "POST"): Deed(text(reason="Итог удваивается."), State.REVIEW),
    ("portal:ticket-planned-dates", "POST"): Deed(
        another_day, refused=(("a day that is over", also(another_day, date="2020-01-01")),)
    ),
    ("portal:ticket-planned-date-acceptance", "POST"): Deed(),
    ("portal:ticket-planned-date-refusal", "POST"): Deed(text(reason="Сдаём раньше.")),
    ("portal:ticket-cancellation", "POST"): Deed(text(reason="Нашли сами.")),
    ("portal:ticket-reopening", "POST"): Deed(text(reason="Снова пустой лист."), State.CLOSED),
    ("portal:organization", "POST"): Deed(text(visibility="all")),
}
