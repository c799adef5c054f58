"""Who may use the API's operations."""

from datetime import date

from asmo_support.lib.roles import ALL_ROLES, CUSTOMERS, WORKING
from asmo_support.ui.policy import Policy, public, rule

REVIEW = date(2027, 5, 1)
_READ = rule(ALL_ROLES, thing="ticket")
_CUSTOMER = rule(ALL_ROLES, act=CUSTOMERS, thing="ticket")
_BOTH = rule(ALL_ROLES, act=CUSTOMERS | WORKING, thing="ticket")
_WORKING = rule(ALL_ROLES, act=WORKING, thing="ticket")

POLICY: Policy = {
    ("api:openapi", "GET"): public("the description of the API for programs", review=REVIEW),
    ("api:docs", "GET"): public("the description of the API for people", review=REVIEW),
    ("api:cti", "POST"): public("a telephone exchange, known by the secret of its address", review=REVIEW),
    ("api:tickets", "GET"): rule(ALL_ROLES),
    ("api:tickets", "POST"): rule(ALL_ROLES, act=CUSTOMERS | WORKING),
    ("api:ticket", "GET"): _READ,
    ("api:ticket", "PATCH"): _WORKING,
    ("api:ticket-messages", "GET"): _READ,
    ("api:ticket-messages", "POST"): _READ,  # a note is for every colleague of the desk
    ("api:ticket-attachments", "GET"): _READ,
    ("api:ticket-attachments", "POST"): _BOTH,
    ("api:ticket-attachment", "GET"): rule(ALL_ROLES, thing="attachment"),
    ("api:ticket-assignment", "GET"): _READ,
    ("api:ticket-assignment", "POST"): _WORKING,
    ("api:ticket-information-requests", "GET"): _READ,
    ("api:ticket-information-requests", "POST"): _WORKING,
    ("api:ticket-resolutions", "GET"): _READ,
    ("api:ticket-resolutions", "POST"): _WORKING,
    ("api:ticket-resolution-acceptance", "POST"): rule(ALL_ROLES, act=CUSTOMERS | WORKING, thing="resolution"),
    ("api:ticket-resolution-return", "POST"): rule(ALL_ROLES, act=CUSTOMERS, thing="resolution"),
    ("api:ticket-planned-dates", "GET"): _READ,
    ("api:ticket-planned-dates", "POST"): _BOTH,
    ("api:ticket-planned-date-acceptance", "POST"): rule(ALL_ROLES, act=CUSTOMERS | WORKING, thing="offer"),
    ("api:ticket-planned-date-refusal", "POST"): rule(ALL_ROLES, act=CUSTOMERS | WORKING, thing="offer"),
    ("api:ticket-work", "POST"): _WORKING,
    ("api:ticket-cancellation", "POST"): _CUSTOMER,
    ("api:ticket-refusal", "POST"): rule(ALL_ROLES, act=frozenset({"lead", "operator"}), thing="ticket"),
    ("api:ticket-reopening", "POST"): _CUSTOMER,
    ("api:ticket-history", "GET"): _READ,
    ("api:ticket-notifications", "GET"): _READ,
    ("api:ticket-deadline", "GET"): _READ,
    ("api:catalog", "GET"): rule(ALL_ROLES),
}
