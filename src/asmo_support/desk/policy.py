"""Who may use the desk's routes. Customers' people get the 404 of a page that does not exist."""

from asmo_support.lib.roles import STAFF, WORKING
from asmo_support.ui.policy import Policy, Rule, rule

KEEPERS = frozenset({"operator", "lead", "admin"})
INSTALLERS = KEEPERS | {"release"}
CATALOG = frozenset({"lead", "admin"})
ADMIN = frozenset({"admin"})
SORTERS = WORKING | ADMIN
# Whoever wrote the work down, and the lead.
STRIKERS = frozenset({"engineer", "lead"})
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
    # The address of a deed, when it is read, leads to the page of its thing.
    **{(f"desk:ticket-{deed}", "GET"): _READ
       for deed in ("messages", "notes", "information-requests", "resolutions", "work", "planned-dates",
                    "time")},
    ("desk:ticket-time-removal", "GET"): rule(STAFF, thing="work"),
    ("desk:contract-files", "GET"): rule(STAFF, thing="contract"),
    ("desk:contract-file-removal", "GET"): rule(STAFF, thing="paper"),
    ("desk:regulation-withdrawal", "GET"): rule(ADMIN, thing="regulation-version"),
    ("desk:ticket-messages", "POST"): _WORK,
    ("desk:ticket-notes", "POST"): _READ,
    ("desk:ticket-information-requests", "POST"): _WORK,
    ("desk:ticket-resolutions", "POST"): _WORK,
    ("desk:ticket-work", "POST"): _WORK,
    ("desk:ticket-deadline", "GET"): _READ,
    ("desk:ticket-planned-dates", "POST"): _WORK,
    **_form("desk:ticket-planned-date-acceptance", rule(STAFF, act=WORKING, thing="offer")),
    **_form("desk:ticket-planned-date-refusal", rule(STAFF, act=WORKING, thing="offer")),
    ("desk:ticket-attachment", "GET"): rule(STAFF, thing="attachment"),
    ("desk:ticket-first-letter", "GET"): _READ,
    ("desk:ticket-whole", "GET"): rule(STAFF, thing="message"),
    ("desk:ticket-picture", "GET"): rule(STAFF, thing="attachment"),
    **_form("desk:ticket-new", rule(STAFF, act=WORKING)),
    **_form("desk:ticket-acceptance", rule(STAFF, act=WORKING, thing="resolution")),
    **_form("desk:ticket-assignment", _WORK),
    **_form("desk:ticket-triage", _WORK),
    **_form("desk:ticket-requester", _WORK),
    **_form("desk:ticket-refusal", rule(STAFF, act=REFUSERS, thing="ticket")),
    ("desk:customers", "GET"): rule(STAFF),
    ("desk:customer", "GET"): rule(STAFF, thing="organization"),
    **_form("desk:customer-new", rule(STAFF, act=KEEPERS)),
    **_form("desk:customer-details", rule(STAFF, act=KEEPERS, thing="organization")),
    **_form("desk:customer-person-new", rule(STAFF, act=KEEPERS, thing="organization")),
    **_form("desk:customer-contract-new", rule(STAFF, act=KEEPERS, thing="organization")),
    ("desk:contracts", "GET"): rule(STAFF),
    ("desk:contract", "GET"): rule(STAFF, thing="contract"),
    **_form("desk:contract-details", rule(STAFF, act=KEEPERS, thing="contract")),
    ("desk:contract-files", "POST"): rule(STAFF, act=KEEPERS, thing="contract"),
    ("desk:contract-file", "GET"): rule(STAFF, thing="paper"),
    ("desk:contract-file-removal", "POST"): rule(STAFF, act=KEEPERS, thing="paper"),
    ("desk:ticket-time", "POST"): _WORK,
    ("desk:ticket-time-removal", "POST"): rule(STAFF, act=STRIKERS, thing="work"),
    **_form("desk:ticket-coverage", _WORK),
    **_form("desk:ticket-offer", _WORK),
    **_form("desk:person", rule(STAFF, act=KEEPERS, thing="person")),
    ("desk:person-access", "POST"): rule(STAFF, act=KEEPERS, thing="person"),
    ("desk:person-invitation", "POST"): rule(STAFF, act=KEEPERS, thing="person"),
    ("desk:person-tickets", "POST"): rule(STAFF, act=KEEPERS, thing="contact"),
    **_form("desk:person-merge", rule(STAFF, act=KEEPERS, thing="contact")),
    ("desk:invitation-withdrawal", "POST"): rule(STAFF, act=KEEPERS, thing="invitation"),
    **_form("desk:customer-domains", rule(STAFF, act=KEEPERS, thing="organization")),
    **_form("desk:customer-merge", rule(STAFF, act=KEEPERS, thing="organization")),
    **_form("desk:customer-installation-new", rule(STAFF, act=INSTALLERS, thing="organization")),
    **_form("desk:installation", rule(STAFF, act=INSTALLERS, thing="installation")),
    ("desk:domain-removal", "POST"): rule(STAFF, act=KEEPERS, thing="domain"),
    ("desk:people", "GET"): rule(ADMIN),
    **_form("desk:person-new", rule(ADMIN)),
    ("desk:letters", "GET"): rule(STAFF),
    ("desk:letter", "GET"): rule(STAFF, thing="arrival"),
    ("desk:letter-raw", "GET"): rule(STAFF, thing="arrival"),
    ("desk:letter-attempts", "POST"): rule(STAFF, act=SORTERS, thing="arrival"),
    ("desk:letter-dismissal", "POST"): rule(STAFF, act=SORTERS, thing="arrival"),
    ("desk:letter-spam", "POST"): rule(STAFF, act=SORTERS, thing="arrival"),
    ("desk:letter-block", "POST"): rule(STAFF, act=SORTERS, thing="arrival"),
    ("desk:letter-entry", "POST"): rule(STAFF, act=WORKING, thing="arrival"),
    ("desk:blocked", "GET"): rule(STAFF),
    ("desk:blocked-removal", "POST"): rule(STAFF, act=SORTERS, thing="blocked"),
    ("desk:letter-ticket", "POST"): rule(STAFF, act=WORKING, thing="arrival"),
    ("desk:outgoing", "GET"): rule(STAFF),
    ("desk:outgoing-letter", "GET"): rule(STAFF, thing="delivery"),
    ("desk:outgoing-attempts", "POST"): rule(STAFF, act=SORTERS, thing="delivery"),
    ("desk:outgoing-raw", "GET"): rule(STAFF, thing="delivery"),
    **_form("desk:outgoing-repeats", rule(STAFF, act=SORTERS)),
    **_form("desk:outgoing-settlements", rule(STAFF, act=SORTERS)),
    **_form("desk:letters-repeats", rule(STAFF, act=SORTERS)),
    ("desk:bad-address-removal", "POST"): rule(STAFF, act=SORTERS, thing="bad-address"),
    ("desk:calls", "GET"): rule(STAFF),
    ("desk:calls-ringing", "GET"): rule(STAFF),
    **_form("desk:call-new", rule(STAFF, act=WORKING)),
    ("desk:call", "GET"): rule(STAFF, thing="call"),
    # The address of a deed, when it is read, leads to its call.
    **{(f"desk:call-{deed}", "GET"): rule(STAFF, thing="call")
       for deed in ("caller", "entry", "note", "settlement", "dismissal")},
    **{(f"desk:call-{deed}", "POST"): rule(STAFF, act=WORKING, thing="call")
       for deed in ("caller", "entry", "note", "settlement", "dismissal")},
    **_form("desk:call-callback", rule(STAFF, act=WORKING, thing="call")),
    ("desk:callbacks", "GET"): rule(STAFF),
    **_form("desk:callback-new", rule(STAFF, act=WORKING)),
    **_form("desk:callback-closing", rule(STAFF, act=WORKING, thing="callback")),
    **_form("desk:exchanges", rule(ADMIN)),
    ("desk:exchange-revocation", "POST"): rule(ADMIN, thing="exchange"),
    ("desk:mail", "GET"): rule(ADMIN),
    **_form("desk:mailbox-new", rule(ADMIN)),
    **_form("desk:mailbox", rule(ADMIN, thing="mailbox")),
    ("desk:mailbox-closing", "POST"): rule(ADMIN, thing="mailbox"),
    **_form("desk:mailbox-check", rule(ADMIN, thing="mailbox")),
    **_form("desk:mail-smtp", rule(ADMIN)),
    ("desk:mail-smtp-closing", "POST"): rule(ADMIN),
    **_form("desk:mail-smtp-check", rule(ADMIN)),
    **_form("desk:mail-dkim", rule(ADMIN)),
    ("desk:wordings", "GET"): rule(CATALOG),
    **_form("desk:wording", rule(CATALOG, thing="wording")),
    ("desk:calendars", "GET"): rule(ADMIN),
    **_form("desk:calendar-new", rule(ADMIN)),
    ("desk:calendar", "GET"): rule(ADMIN, thing="calendar"),
    **_form("desk:calendar-hours", rule(ADMIN, thing="calendar")),
    **_form("desk:calendar-loading", rule(ADMIN, thing="calendar")),
    **_form("desk:calendar-draft", rule(ADMIN, thing="calendar")),
    ("desk:calendar-retirement", "POST"): rule(ADMIN, thing="calendar"),
    ("desk:calendar-dropping", "POST"): rule(ADMIN, thing="calendar"),
    ("desk:calendar-version", "GET"): rule(ADMIN, thing="calendar-version"),
    ("desk:calendar-rollback", "POST"): rule(ADMIN, thing="calendar-version"),
    ("desk:regulations", "GET"): rule(ADMIN),
    **_form("desk:regulation-new", rule(ADMIN)),
    ("desk:regulation", "GET"): rule(ADMIN, thing="regulation"),
    **_form("desk:regulation-details", rule(ADMIN, thing="regulation")),
    ("desk:regulation-drafts", "POST"): rule(ADMIN, thing="regulation"),
    **_form("desk:regulation-draft", rule(ADMIN, thing="regulation-draft")),
    ("desk:regulation-draft-removal", "POST"): rule(ADMIN, thing="regulation-draft"),
    **_form("desk:regulation-publication", rule(ADMIN, thing="regulation-draft")),
    ("desk:regulation-version", "GET"): rule(ADMIN, thing="regulation-version"),
    ("desk:regulation-withdrawal", "POST"): rule(ADMIN, thing="regulation-version"),
    **{pair: one for kind in ("services", "products", "modules", "versions", "types")
       for pair, one in _form(f"desk:catalog-{kind}", rule(CATALOG)).items()},
    **{pair: one for kind in ("service", "product", "module", "version", "type")
       for pair, one in _form(f"desk:catalog-{kind}", rule(CATALOG, thing=kind)).items()},
}  # fmt: skip
