"""The listener of mail servers: what keeps letters from coming or going is told to the administrators.

A server that sends nothing cannot bring the news of it either: that is said when it works again, with the time it
stood; the pages of the desk say it meanwhile. A letter that has not left before the trouble was over never does: the
one that says so holds both times.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from asmo_support.channels.alarms import FAILING
from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.channels.outbox import Draft, post, take_back
from asmo_support.channels.troubles import words_for
from asmo_support.journal.models import Event
from asmo_support.notifications.composing import Letter, inliner, tidy
from asmo_support.notifications.facts import moment
from asmo_support.notifications.forms import DESK, FORMS
from asmo_support.notifications.values import of_server
from asmo_support.notifications.wordings import filled
from asmo_support.people.models import User
from asmo_support.people.roles import Role


def tell(event: Event) -> None:
    """Write to each administrator. Called again for the same event it writes nothing more."""
    is_outgoing = event.thing == SmtpServer.journal_name
    if is_outgoing and event.kind == FAILING:
        return
    server = (SmtpServer if is_outgoing else Mailbox).objects.get(pk=event.thing_id)
    if event.kind == FAILING and server.alarmed_at != event.at:
        return  # it is over already
    if told := event.data.get("told"):
        take_back(told)
    for reader in User.objects.filter(role=Role.ADMIN, is_active=True).order_by("id"):
        letter = compose(event, server, reader)
        draft = Draft(
            address=reader.email, name=reader.name, recipient=reader, kind=event.kind, subject=letter.subject,
            text=letter.text, html=letter.html, internal=True, at=event.at,
        )  # fmt: skip
        post(draft, event_id=event.pk)


def compose(event: Event, server: Mailbox | SmtpServer, reader: User) -> Letter:
    """In the reader's language: what to do, since when, and what the server said."""
    with translation.override(reader.language):
        title = title_of(event.kind, server)
        texts = filled(FORMS[f"{DESK}-{event.kind}"], reader.language, of_server(server, reader, title))
        page = {
            "texts": texts,
            "ask": _ask(event, server),
            "title": title,
            "sub": server.host or _("handed over by your mail server"),
            "rest": _rest(event),
            "rows": _rows(event),
            "link": f"{settings.SITE_URL}/desk/mail/",
            "act": _("Open the mail settings"),
            "language": reader.language,
        }
        text = render_to_string("notifications/matter.txt", page)
        html = inliner().inline(render_to_string("notifications/matter.html", page))
    return Letter(texts.subject, tidy(text), html)


def title_of(kind: str, server: Mailbox | SmtpServer) -> str:
    """In one line, in the language that is active."""
    if isinstance(server, SmtpServer):
        words = _("Letters go out again: %(address)s")
    else:
        words = _("Letters do not come: %(address)s") if kind == FAILING else _("Letters come again: %(address)s")
    return words % {"address": server.from_address if isinstance(server, SmtpServer) else server.address}


def _ask(event: Event, server: Mailbox | SmtpServer) -> str:
    if event.kind == FAILING:
        return words_for(event.data["code"])
    if isinstance(server, SmtpServer):
        return _("Nothing has to be done: what waited is being sent.")
    return _("Nothing has to be done: what waited is being taken in.")


def _rest(event: Event) -> str:
    return _("Until then letters wait at the mail server; none is lost.") if event.kind == FAILING else ""


def _rows(event: Event) -> list[tuple[str, str]]:
    rows = []
    if event.data["since"]:
        name = _("Does not work since") if event.kind == FAILING else _("Did not work since")
        rows.append((name, moment(datetime.fromisoformat(event.data["since"]))))
    if event.kind == FAILING:
        rows.append((_("The server said"), event.data["error"]))
    else:
        rows.append((_("Works since"), moment(event.at)))
    return rows
