"""Deeds of customers."""

from asmo_support.tickets.states import State
from tests.matrix.deed import Deed, text

ASKED = text(kind="bug", subject="Не печатается", text="Пустой лист.", impact="person", urgency="normal")
PORTAL: dict[tuple[str, str], Deed] = {
    ("portal:ticket-new", "POST"): Deed(ASKED),
    ("portal:ticket-messages", "POST"): Deed(text(text="С первого.")),
    ("portal:ticket-acceptance", "POST"): Deed(state=State.REVIEW),
    ("portal:ticket-return", "POST"): Deed(text(reason="Итог удваивается."), State.REVIEW),
    ("portal:ticket-cancellation", "POST"): Deed(text(reason="Нашли сами.")),
    ("portal:ticket-reopening", "POST"): Deed(text(reason="Снова пустой лист."), State.CLOSED),
    ("portal:link-acceptance", "POST"): Deed(changes=False),
    ("portal:link-return", "POST"): Deed(text(reason="Итог удваивается."), changes=False),
    ("portal:organization", "POST"): Deed(text(visibility="all")),
}
