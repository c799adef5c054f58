"""A letter of made-up facts with texts that are being written. Nothing of a real customer is in it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.channels.alarms import FAILING, WORKING
from asmo_support.notifications.collecting import Passage
from asmo_support.notifications.composing import tagged, tidy
from asmo_support.notifications.forms import COLLECTED, DEADLINES, DESK, ENDING, INVITED, Form, Texts
from asmo_support.notifications.values import sample
from asmo_support.notifications.wordings import check, fill_in
from asmo_support.notifications.words import Content
from asmo_support.tickets import events
from asmo_support.tickets.models.clock import Target

SHEETS = {
    ENDING: "matter",
    FAILING: "matter",
    WORKING: "matter",
    COLLECTED: "collected",
    DEADLINES: "digest",
    INVITED: "invitation",
}


@dataclass(frozen=True, slots=True)
class Preview:
    subject: str
    text: str
    html: str


def preview(form: Form, language: str, texts: Texts, sheet: str) -> Preview:
    """How the letter will look; `sheet` is where its style lies. Refused when a text has a mistake."""
    checked = check(form, texts)
    with translation.override(language):
        known = sample(form)
        said = fill_in(form, checked, known)
        page = {"texts": said, "sheet": sheet, "language": language, **_page(form)}
        name = SHEETS.get(form.kind, "letter")
        text = tidy(render_to_string(f"notifications/{name}.txt", page))
        # An invitation is plain text: a link that sets a password stands in nothing that could hide it.
        html = "" if form.kind == INVITED else render_to_string(f"notifications/{name}.html", page)
    return Preview(tagged("1042", said.subject) if form.is_of_ticket else said.subject, text, html)


def _page(form: Form) -> dict[str, Any]:
    """The facts of the sample. The next step is written by the service: it stands first and cannot be changed."""
    ask = _("Here stands the reader’s next step: the service writes it.")
    link = f"{settings.SITE_URL}/…"
    if form.kind == ENDING:
        rows = [(_("In force until"), _("31 December 2026"))]
        return {"ask": ask, "title": _("Contract %(number)s") % {"number": "17-24"}, "rows": rows, "link": link,
                "act": _("Open the contract"), "sub": _("Kama-Metall")}  # fmt: skip
    if form.kind in {FAILING, WORKING}:
        rows = [(_("Does not work since"), _("18 November, 12:00 Moscow time"))]
        return {"ask": ask, "title": form.label, "rows": rows, "link": link, "act": _("Open the mail settings"),
                "sub": "mail.vendor.example"}  # fmt: skip
    if form.kind == COLLECTED:
        head = f"№ 1042 {_('Form 2-TP prints an empty sheet')}"
        passage = Passage(head, link, (_("%(name)s %(said)s.") % {"name": _("Anna Lebedeva"), "said": "…"},))
        return {"ask": ask, "title": form.label, "passages": [passage], "link": link, "act": _("Open the desk")}
    if form.kind == DEADLINES:
        ticket = {"number": "1042", "subject": _("Form 2-TP prints an empty sheet"),
                  "organization": {"short_name": _("Kama-Metall")}}  # fmt: skip
        says = _("%(target)s: the deadline has passed") % {"target": Target.RESOLUTION.label}
        return {"ask": ask, "link": link, "lines": [({"ticket": ticket, "says": says}, link)]}
    if form.kind == INVITED:
        person = {"name": _("Marina Kovaleva")}
        return {"person": person, "link": link, "until": _("24 November, 17:00 Moscow time"),
                "organization": None if form.side == DESK else {"name": _("Kama-Metall")}}  # fmt: skip
    decides = form.kind == events.PROPOSED
    yes, no = (
        pgettext("button of a letter", "Accept the resolution"),
        pgettext("button of a letter", "Return for rework"),
    )
    verdicts = [(yes, link, "yes"), (no, link, "no")] if decides else []
    return {
        "said": Content(ask=ask, facts=((pgettext("norm", "Resolution"), _("24 November, 17:00 Moscow time")),)),
        "ticket": {"number": "1042", "subject": _("Form 2-TP prints an empty sheet")},
        "link": link,
        "verdicts": verdicts,
        "act": _("Open the ticket"),
        "sub": _("АСМО-ecology") if form.side != DESK else f"{_('АСМО-ecology')}, {_('Kama-Metall')}",
    }
