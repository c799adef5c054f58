"""Who may use the portal's routes: customers. Staff come in by the desk."""

from datetime import date

from asmo_support.lib.roles import ALL_ROLES, CUSTOMERS
from asmo_support.ui.policy import Policy, public, rule

REVIEW = date(2027, 5, 1)
COORDINATORS = frozenset({"coordinator"})
_PERSON = rule(CUSTOMERS, act=COORDINATORS, thing="person")
_TICKET = rule(CUSTOMERS, thing="ticket")
_RESOLUTION = rule(CUSTOMERS, thing="resolution")
_OFFER = rule(CUSTOMERS, thing="offer")
# The key in the address is the right: it says whose decision it is, whoever may be signed in.
_LINK = public("the one-time links of our letters", review=REVIEW)
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
    ("portal:ticket-first-letter", "GET"): _TICKET,
    ("portal:ticket-whole", "GET"): rule(CUSTOMERS, thing="message"),
    ("portal:ticket-picture", "GET"): rule(CUSTOMERS, thing="attachment"),
    ("portal:ticket-letter", "GET"): rule(CUSTOMERS, thing="letter"),
    # The address of a deed, when it is read, leads to its ticket.
    **{
        (f"portal:ticket-{deed}", "GET"): _TICKET
        for deed in (
            "messages",
            "cancellation",
            "reopening",
            "planned-dates",
            "offer",
            "offer-acceptance",
            "offer-refusal",
        )
    },
    **{(f"portal:ticket-{deed}", "GET"): _RESOLUTION for deed in ("acceptance", "return")},
    **{(f"portal:ticket-planned-date-{deed}", "GET"): _OFFER for deed in ("acceptance", "refusal")},
    ("portal:ticket-messages", "POST"): _TICKET,
    ("portal:ticket-acceptance", "POST"): _RESOLUTION,
    ("portal:ticket-return", "POST"): _RESOLUTION,
    ("portal:ticket-planned-dates", "POST"): _TICKET,
    ("portal:ticket-planned-date-acceptance", "POST"): _OFFER,
    ("portal:ticket-planned-date-refusal", "POST"): _OFFER,
    ("portal:ticket-cancellation", "POST"): _TICKET,
    ("portal:ticket-reopening", "POST"): _TICKET,
    **{(f"portal:link-{deed}", method): _LINK for deed in ("acceptance", "return") for method in ("GET", "POST")},
    ("portal:ticket-offer", "POST"): _TICKET,
    ("portal:ticket-offer-acceptance", "POST"): _TICKET,
    ("portal:ticket-offer-refusal", "POST"): _TICKET,
    ("portal:contract", "GET"): rule(CUSTOMERS, thing="contract"),
    ("portal:contract-file", "GET"): rule(CUSTOMERS, act=frozenset({"coordinator"}), thing="paper"),
    ("portal:organization", "GET"): rule(CUSTOMERS),
    ("portal:organization", "POST"): rule(CUSTOMERS, act=COORDINATORS),
    ("portal:branch", "GET"): rule(CUSTOMERS, thing="organization"),
    ("portal:branch", "POST"): rule(CUSTOMERS, act=COORDINATORS, thing="organization"),
    ("portal:installations", "GET"): rule(CUSTOMERS, act=COORDINATORS),
    ("portal:person-new", "GET"): rule(CUSTOMERS, act=COORDINATORS),
    ("portal:person-new", "POST"): rule(CUSTOMERS, act=COORDINATORS),
    ("portal:person", "GET"): _PERSON,
    ("portal:person", "POST"): _PERSON,
    ("portal:person-access", "POST"): _PERSON,
    ("portal:person-invitation", "POST"): _PERSON,
    ("portal:person-tickets", "POST"): rule(CUSTOMERS, act=COORDINATORS, thing="contact"),
    ("portal:invitation-withdrawal", "POST"): rule(CUSTOMERS, act=COORDINATORS, thing="invitation"),
}
