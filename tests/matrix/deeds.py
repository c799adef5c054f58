"""How each deed of the house is done right. A route without a line here is an error."""

from tests.matrix.cells import Route
from tests.matrix.deed import READING, Deed, text
from tests.matrix.deeds_api import API
from tests.matrix.deeds_desk import DESK_DEEDS
from tests.matrix.deeds_portal import PORTAL

SIGNIN = {
    ("signin:preferences", "POST"): Deed(text(language="en", next="/"), changes=False),
    ("signin:invitation", "POST"): Deed(changes=False),
}
DEEDS: dict[tuple[str, str], Deed] = {**SIGNIN, **API, **DESK_DEEDS, **PORTAL}


def deed(route: Route, method: str) -> Deed | None:
    """The line of a declared method; a GET takes the state of the POST it leads to. None when nobody described it."""
    name = route.name
    if name.startswith(("account_", "mfa_")):
        return Deed(changes=False)
    found = DEEDS.get((name, method))
    return DEEDS.get((name, "POST"), Deed()) if found is None and method in READING else found
