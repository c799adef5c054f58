"""One letter about many deadlines, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asmo_support.notifications.composing import Letter, inliner, leaving, link, tidy
from asmo_support.notifications.forms import DEADLINES, DESK, FORMS
from asmo_support.notifications.values import Values, of_reader
from asmo_support.notifications.wordings import filled
from asmo_support.people.models import User
from asmo_support.tickets.models import Ticket
from asmo_support.tickets.models.clock import Target

SHOWN = 20
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket one of whose deadlines came near or passed."""

    ticket: Ticket
    target: str
    share: int

    @property
    def says(self) -> str:
        words = {"target": Target(self.target).label, "share": self.share}
        if self.share >= WHOLE:
            return _("%(target)s: the deadline has passed") % words
        return _("%(target)s: %(share)s %% of the time has passed") % words


def compose_digest(reader: User, lines: Sequence[Line], kind: str) -> Letter:
    """The letter in the reader's language."""
    ordered = sorted(lines, key=lambda line: (-line.share, line.ticket.number))
    with translation.override(reader.language):
        number = len({line.ticket.pk for line in ordered})
        ask = ngettext("%(number)s ticket runs out of time.", "%(number)s tickets run out of time.", number)
        asked = ask % {"number": number}
        form = FORMS[f"{DESK}-{DEADLINES}"]
        texts = filled(form, reader.language, Values(of_reader(reader, asked.rstrip("."))))
        page = {
            "ask": asked,
            "texts": texts,
            "lines": [(line, link(line.ticket, reader)) for line in ordered[:SHOWN]],
            "rest": max(len(ordered) - SHOWN, 0),
            "link": f"{settings.SITE_URL}/desk/",
            "language": reader.language,
            **leaving(kind),
        }
        text = render_to_string("notifications/digest.txt", page)
        html = inliner().inline(render_to_string("notifications/digest.html", page))
    return Letter(texts.subject, tidy(text), html)
