"""A letter to one reader, in that reader's language, as text and as HTML that mail programs show."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from asmo_support.channels import links, unsubscribing
from asmo_support.lib import zones
from asmo_support.notifications import dates, paid
from asmo_support.notifications.forms import CUSTOMER, DESK, FOLLOWED, FORMS
from asmo_support.notifications.holding import own_zone
from asmo_support.notifications.kinds import COLLEAGUES, KINDS
from asmo_support.notifications.values import of_case
from asmo_support.notifications.wordings import filled
from asmo_support.notifications.words import Case, Content, content, followed
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.states import Awaits


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str
    # What the links in it decide; they are blank until the letter is sent.
    decide: tuple[str, int] | None = None


def compose(case: Case) -> Letter | None:
    """The letter about an event to this reader; None when there is nothing to tell."""
    with translation.override(case.reader.language), zones.read_in(own_zone(case.reader)):
        said = _said(case)
        if said is None:
            return None
        form = FORMS[f"{DESK if case.for_desk else CUSTOMER}-{_kind(case)}"]
        texts = filled(form, case.reader.language, of_case(case, said))
        page = {
            "said": said,
            "texts": texts,
            "ticket": case.ticket,
            "link": link(case.ticket, case.reader),
            "verdicts": _verdicts(said),
            "act": said.act or _("Open the ticket"),
            "sub": _sub(case),
            "your_move": _is_readers_move(case),
            "language": case.reader.language,
            **leaving(case.kind),
        }
        text = render_to_string("notifications/letter.txt", page)
        html = inliner().inline(render_to_string("notifications/letter.html", page))
    return Letter(tagged(case.ticket.number, texts.subject), tidy(text), html, said.decide)


def _said(case: Case) -> Content | None:
    if case.kind == COLLEAGUES:
        return followed(case)
    return dates.content(case) if dates.concerns(case) else content(case) or paid.content(case)


def leaving(kind: str) -> dict[str, str]:
    """What stands under a letter that is not personal: why it comes, how to change that, how to end it."""
    if not kind:
        return {}
    label = KINDS[kind].label if kind in KINDS else _("News you may do without")
    return {"notice": str(label), "leave": unsubscribing.blank(), "wishes": f"{settings.SITE_URL}/notices/"}


def link(ticket: Ticket, reader: User) -> str:
    """Where this reader opens the ticket."""
    door = "/desk/tickets" if reader.is_staff else "/tickets"
    return f"{settings.SITE_URL}{door}/{ticket.number}/"


def _verdicts(said: Content) -> list[tuple[str, str, str]]:
    """Name, address and look of each one-time link."""
    if said.decide is None:
        return []
    yes, no = said.verdicts
    return [(yes, links.blank(links.ACCEPT), "yes"), (no, links.blank(links.RETURN), "no")]


@cache
def inliner() -> css_inline.CSSInliner:
    """Styles move into the elements; the rules for dark and narrow screens stay in the head."""
    css = (Path(__file__).parent / "static" / "notifications" / "letter.css").read_text(encoding="utf-8")
    return css_inline.CSSInliner(keep_at_rules=True, extra_css=css, load_remote_stylesheets=False)


def tagged(number: int | str, words: str) -> str:
    """The subject line: the tag with the number stands first for the whole life of a ticket."""
    return f"[№ {number}] {words}"


def _kind(case: Case) -> str:
    return FOLLOWED if case.kind == COLLEAGUES else case.event.kind


def _sub(case: Case) -> str:
    parts = [str(case.ticket.get_kind_display())]
    if case.ticket.product:
        parts.append(case.ticket.product.name)
    if case.reader.is_staff:
        parts.append(case.ticket.organization.short_name)
    line = ", ".join(parts)
    return line[:1].upper() + line[1:]


def _is_readers_move(case: Case) -> bool:
    if case.event.kind == events.OFFER_MADE:
        return not case.reader.is_staff
    return case.ticket.awaits == (Awaits.PROVIDER if case.reader.is_staff else Awaits.CUSTOMER)


def tidy(text: str) -> str:
    """No more than one empty line in a row."""
    lines = ["-- " if line == "-- " else line.rstrip() for line in text.strip().splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept) + "\n"
