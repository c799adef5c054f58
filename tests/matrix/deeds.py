"""How each deed of the house is done right. A route without a line here is an error."""

from typing import Any

from asmo_support.notifications.kinds import KINDS
from tests.matrix.cells import Route
from tests.matrix.deed import READING, Deed, also, text
from tests.matrix.deeds_api import API
from tests.matrix.deeds_desk import DESK_DEEDS
from tests.matrix.deeds_portal import PORTAL
from tests.matrix.people import Person
from tests.matrix.world import World


def _wishes(world: World, person: Person, owner: str) -> dict[str, Any]:
    """Whatever the kinds of this person, once a day."""
    said = {"zone": "Asia/Omsk", "quiet_from": "20:00", "quiet_to": "08:00", "working_days": "on", "daily_at": "09:00"}
    return said | {f"kind-{code}": "daily" for code in KINDS}


SIGNIN = {
    ("signin:preferences", "POST"): Deed(text(language="en", next="/"), changes=False),
    ("signin:invitation", "POST"): Deed(changes=False),
    ("signin:notices", "POST"): Deed(_wishes, refused=(("another planet", also(_wishes, zone="Mars/Olympus")),)),
    ("signin:unsubscribe", "POST"): Deed(changes=False),
}
DEEDS: dict[tuple[str, str], Deed] = {**SIGNIN, **API, **DESK_DEEDS, **PORTAL}


def deed(route: Route, method: str) -> Deed | None:
    """The line of a declared method; a GET takes the state of the POST it leads to. None when nobody described it."""
    name = route.name
    if name.startswith(("account_", "mfa_")):
        return Deed(changes=False)
    found = DEEDS.get((name, method))
    return DEEDS.get((name, "POST"), Deed()) if found is None and method in READING else found
