"""The listener of contracts: their end is near, both sides hear of it. Such a letter belongs to no ticket."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asmo_support.channels.models import Delivery
from asmo_support.channels.outbox import Draft, post
from asmo_support.contracts.jobs import ENDING
from asmo_support.contracts.models import Contract
from asmo_support.journal.models import Event
from asmo_support.lib.amounts import clock_of
from asmo_support.notifications.composing import Letter, inliner, leaving, tidy
from asmo_support.notifications.forms import CUSTOMER, DESK, FORMS
from asmo_support.notifications.holding import Choices, goes_now
from asmo_support.notifications.kinds import CONTRACTS
from asmo_support.notifications.values import of_contract
from asmo_support.notifications.wordings import filled
from asmo_support.people.models import User
from asmo_support.people.roles import Role


def tell(event: Event) -> None:
    """Write the letters about a contract that ends. Called again for the same event it writes nothing more."""
    contract = Contract.objects.select_related("organization").get(pk=event.thing_id)
    choices = Choices()
    for reader in readers(contract):
        if goes_now(reader, CONTRACTS, event, choices):
            write(event, contract, reader)


def write(event: Event, contract: Contract, reader: User, at: datetime | None = None) -> Delivery | None:
    """Put the letter about a contract's end into the outbox; what waited until `at` counts the days from then."""
    letter = compose(contract, reader, days_left(contract, event, at or event.at))
    draft = Draft(
        address=reader.email, name=reader.name, recipient=reader, kind=ENDING, subject=letter.subject,
        text=letter.text, html=letter.html, internal=reader.is_staff, notice=CONTRACTS, at=event.at,
    )  # fmt: skip
    return post(draft, event_id=event.pk)


def days_left(contract: Contract, event: Event, at: datetime) -> int:
    left = contract.days_left(timezone.localdate(at))
    return int(event.data["days"]) if left is None else max(left, 0)


def readers(contract: Contract) -> list[User]:
    """Operators and leads of the desk, and the customer's coordinators."""
    ours = User.objects.working().filter(role__in=[Role.OPERATOR, Role.LEAD])
    theirs = User.objects.filter(organization=contract.organization_id, role=Role.COORDINATOR, is_active=True)
    return [*ours.order_by("id"), *theirs.order_by("id")]


def compose(contract: Contract, reader: User, days: int) -> Letter:
    """In the reader's language: what ends, when, and what to do."""
    with translation.override(reader.language):
        form = FORMS[f"{DESK if reader.is_staff else CUSTOMER}-{ENDING}"]
        texts = filled(form, reader.language, of_contract(contract, reader, subject_of(contract, reader, days)))
        page = {
            "texts": texts,
            "ask": _ask(contract, reader, days),
            "title": _("Contract %(number)s") % {"number": contract.number},
            "sub": contract.organization.name if reader.is_staff else str(contract.get_kind_display()),
            "rest": _("After this day tickets are taken all the same; what they cost is agreed separately."),
            "rows": _rows(contract),
            "link": f"{settings.SITE_URL}{'/desk' if reader.is_staff else ''}/contracts/{contract.pk}/",
            "act": _("Open the contract"),
            "language": reader.language,
            **leaving(CONTRACTS),
        }
        text = render_to_string("notifications/matter.txt", page)
        html = inliner().inline(render_to_string("notifications/matter.html", page))
    return Letter(texts.subject, tidy(text), html)


def subject_of(contract: Contract, reader: User, days: int) -> str:
    """In one line, in the language that is active."""
    words = ngettext("Contract %(number)s ends in %(days)s day", "Contract %(number)s ends in %(days)s days", days)
    if days == 0:
        words = _("Contract %(number)s ends today")
    subject = words % {"number": contract.number, "days": days}
    return f"{contract.organization.short_name}: {subject}" if reader.is_staff else subject


def _ask(contract: Contract, reader: User, days: int) -> str:
    day = date_format(contract.ends_on, "DATE_FORMAT") if contract.ends_on else ""
    if reader.is_staff:
        words = _("The contract is in force up to and including %(day)s: agree its prolongation with the customer.")
    else:
        words = _("The contract is in force up to and including %(day)s. To prolong it, write to the support desk.")
    return words % {"day": day}


def _rows(contract: Contract) -> list[tuple[str, str]]:
    rows = [(_("What it is for"), str(contract.get_kind_display()))]
    if contract.ends_on:
        rows.append((_("In force until"), date_format(contract.ends_on, "DATE_FORMAT")))
    budget = contract.budget
    if budget:
        left = _("%(left)s of %(all)s") % {"left": clock_of(max(budget.left, 0)), "all": clock_of(budget.minutes)}
        rows.append((_("Hours left"), left))
    return rows
