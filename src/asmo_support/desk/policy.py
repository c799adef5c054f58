"""Who may use the desk's routes. Customers' people get the 404 of a page that does not exist."""

from asmo_support.lib.roles import STAFF, WORKING
from asmo_support.ui.policy import Policy, Rule, rule

KEEPERS = frozenset({"operator", "lead", "admin"})
CATALOG = frozenset({"lead", "admin"})
ADMIN = frozenset({"admin"})
SORTERS = WORKING | ADMIN
REFUSERS = frozenset({"lead", "operator"})

_READ = rule(STAFF, thing="ticket")
_WORK = rule(STAFF, act=WORKING, thing="ticket")


def _form(name: str, one: Rule) -> Policy:
    """A page with a form that is sent to the page itself."""
    return {(name, "GET"): one, (name, "POST"): one}


POLICY: Policy = {
    ("desk:tickets", "GET"): rule(STAFF),
    ("desk:menu", "GET"): rule(STAFF),
    ("desk:risks", "GET"): rule(STAFF),
    ("desk:load", "GET"): rule(STAFF),
    ("desk:ticket", "GET"): _READ,
    # The address of a deed, when it is read, leads to its ticket.
    **{(f"desk:ticket-{deed}", "GET"): _READ
       for deed in ("messages", "notes", "information-requests", "resolutions", "work")},
    ("desk:ticket-messages", "POST"): _WORK,
    ("desk:ticket-notes", "POST"): _READ,
    ("desk:ticket-information-requests", "POST"): _WORK,
    ("desk:ticket-resolutions", "POST"): _WORK,
    ("desk:ticket-work", "POST"): _WORK,
    ("desk:ticket-deadline", "GET"): _READ,
    ("desk:ticket-attachment", "GET"): rule(STAFF, thing="attachment"),
    **_form("desk:ticket-new", rule(STAFF, act=WORKING)),
    **_form("desk:ticket-acceptance", rule(STAFF, act=WORKING, thing="resolution")),
    **_form("desk:ticket-assignment", _WORK),
    **_form("desk:ticket-triage", _WORK),
    **_form("desk:ticket-refusal", rule(STAFF, act=REFUSERS, thing="ticket")),
    ("desk:customers", "GET"): rule(STAFF),
    ("desk:customer", "GET"): rule(STAFF, thing="organization"),
    **_form("desk:customer-new", rule(STAFF, act=KEEPERS)),
    **_form("desk:customer-details", rule(STAFF, act=KEEPERS, thing="organization")),
    **_form("desk:customer-person-new", rule(STAFF, act=KEEPERS, thing="organization")),
    **_form("desk:customer-contract-new", rule(STAFF, act=KEEPERS, thing="organization")),
    **_form("desk:contract", rule(STAFF, act=KEEPERS, thing="contract")),
    **_form("desk:person", rule(STAFF, act=KEEPERS, thing="person")),
    ("desk:person-access", "POST"): rule(STAFF, act=KEEPERS, thing="person"),
    ("desk:person-invitation", "POST"): rule(STAFF, act=KEEPERS, thing="person"),
    ("desk:people", "GET"): rule(ADMIN),
    **_form("desk:person-new", rule(ADMIN)),
    ("desk:letters", "GET"): rule(STAFF),
    ("desk:letter", "GET"): rule(STAFF, thing="arrival"),
    ("desk:letter-raw", "GET"): rule(STAFF, thing="arrival"),
    ("desk:letter-attempts", "POST"): rule(STAFF, act=SORTERS, thing="arrival"),
    ("desk:letter-dismissal", "POST"): rule(STAFF, act=SORTERS, thing="arrival"),
    ("desk:letter-ticket", "POST"): rule(STAFF, act=WORKING, thing="arrival"),
    ("desk:outgoing", "GET"): rule(STAFF),
    ("desk:outgoing-letter", "GET"): rule(STAFF, thing="delivery"),
    ("desk:outgoing-attempts", "POST"): rule(STAFF, act=SORTERS, thing="delivery"),
    ("desk:mail", "GET"): rule(ADMIN),
    **_form("desk:mailbox-new", rule(ADMIN)),
    **_form("desk:mailbox", rule(ADMIN, thing="mailbox")),
    ("desk:mailbox-closing", "POST"): rule(ADMIN, thing="mailbox"),
    ("desk:mailbox-check", "POST"): rule(ADMIN, thing="mailbox"),
    **_form("desk:mail-smtp", rule(ADMIN)),
    ("desk:mail-smtp-closing", "POST"): rule(ADMIN),
    ("desk:mail-smtp-check", "POST"): rule(ADMIN),
    **{pair: one for kind in ("services", "products", "modules")
       for pair, one in _form(f"desk:catalog-{kind}", rule(CATALOG)).items()},
    **{pair: one for kind in ("service", "product", "module")
       for pair, one in _form(f"desk:catalog-{kind}", rule(CATALOG, thing=kind)).items()},
}  # fmt: skip
