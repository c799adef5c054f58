"""Who may use the portal's routes: customers. Staff come in by the desk."""

from asmo_support.lib.roles import ALL_ROLES, CUSTOMERS
from asmo_support.ui.policy import Policy, rule

_TICKET = rule(CUSTOMERS, thing="ticket")
_RESOLUTION = rule(CUSTOMERS, thing="resolution")
POLICY: Policy = {
    # Staff are shown the way to the desk.
    ("portal:home", "GET"): rule(ALL_ROLES),
    ("portal:tickets", "GET"): rule(CUSTOMERS),
    ("portal:ticket-new", "GET"): rule(CUSTOMERS),
    ("portal:ticket-new", "POST"): rule(CUSTOMERS),
    ("portal:ticket", "GET"): _TICKET,
    ("portal:ticket-history", "GET"): _TICKET,
    ("portal:ticket-deadline", "GET"): _TICKET,
    ("portal:ticket-attachment", "GET"): rule(CUSTOMERS, thing="attachment"),
    ("portal:ticket-letter", "GET"): rule(CUSTOMERS, thing="letter"),
    # The address of a deed, when it is read, leads to its ticket.
    **{(f"portal:ticket-{deed}", "GET"): _TICKET for deed in ("messages", "cancellation", "reopening")},
    **{(f"portal:ticket-{deed}", "GET"): _RESOLUTION for deed in ("acceptance", "return")},
    ("portal:ticket-messages", "POST"): _TICKET,
    ("portal:ticket-acceptance", "POST"): _RESOLUTION,
    ("portal:ticket-return", "POST"): _RESOLUTION,
    ("portal:ticket-cancellation", "POST"): _TICKET,
    ("portal:ticket-reopening", "POST"): _TICKET,
    ("portal:organization", "GET"): rule(CUSTOMERS),
    ("portal:organization", "POST"): rule(CUSTOMERS, act=frozenset({"coordinator"})),
}
