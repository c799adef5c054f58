"""What a letter says: the reader's next step first. Only what this reader may read gets in (EO-03)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asmo_support.channels import links
from asmo_support.journal.models import Event
from asmo_support.notifications.facts import deadline, fact_rows, moment
from asmo_support.people.models import User
from asmo_support.tickets import events
from asmo_support.tickets.actions.lifecycle import REOPEN_WITHIN
from asmo_support.tickets.models import InformationRequest, Message, Resolution, Ticket
from asmo_support.tickets.models.clock import Target
from asmo_support.tickets.sentences import sentence
from asmo_support.tickets.states import Awaits, State, Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The parts of a letter. `title` goes into the subject line when something is asked of the reader."""

    ask: str
    rest: str = ""
    title: str = ""
    said: str = ""
    author: str = ""
    files: tuple[str, ...] = ()
    act: str = ""
    note: str = ""
    # What the reader may decide by the links of the letter: a kind of `channels.links` and its number.
    decide: tuple[str, int] | None = None
    # The names of the two links.
    verdicts: tuple[str, str] = ("", "")
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """An event as one reader sees it."""

    event: Event
    ticket: Ticket
    reader: User
    # The kind of notices it belongs to (`notifications.kinds`); empty when it is personal.
    kind: str = ""

    @property
    def for_desk(self) -> bool:
        return self.reader.is_staff

    @property
    def name(self) -> str:
        return self.event.by.name if self.event.by else _("the service")

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Both promises of the ticket and how they stand, in this reader's words."""
        return fact_rows(self.ticket, for_desk=self.for_desk)

    @property
    def is_own(self) -> bool:
        """Whether the reader did it: by a letter or its link, else nobody is told of one's own deeds."""
        return self.event.by_id == self.reader.pk

    def datum(self, key: str) -> str:
        return str(self.event.data.get(key) or "")


def content(case: Case) -> Content | None:
    """The letter in the language that is active; None when there is nothing this reader may be told."""
    return _TELLERS[case.event.kind](case) if case.event.kind in _TELLERS else None


def followed(case: Case) -> Content:
    """What somebody hears who only follows a colleague's ticket: what happened, and where to read it."""
    return Content(
        ask=_("News of a colleague’s ticket. Nothing is needed from you."),
        rest=said_by(case.event),
        facts=case.facts,
    )


def said_by(event: Event) -> str:
    """An event in one sentence with its author."""
    words = sentence(event)
    if event.by is None:
        return _("%(said)s.") % {"said": words[:1].upper() + words[1:]}
    return _("%(name)s %(said)s.") % {"name": event.by.name, "said": words}


def _registered(case: Case) -> Content:
    """Nothing of what was written comes back: the address may be somebody else's (EO-04)."""
    due = deadline(case.ticket, "reaction")
    return Content(
        ask=_("We have registered your request. Nothing is needed from you now."),
        rest=_("We will answer by %(due)s.") % {"due": due} if due else "",
        note=_answering(),
        facts=case.facts,
    )


def _taken(case: Case) -> Content:
    people = ", ".join(row.agent.name for row in case.ticket.assignments.select_related("agent")) or case.name
    return Content(
        ask=_("Your request is in work. Nothing is needed from you now."),
        rest=_("Specialist: %(people)s.") % {"people": people},
        note=_answering(),
        facts=case.facts,
    )


def _assigned(case: Case) -> Content:
    people = ", ".join(case.event.data.get("after", ()))
    if case.for_desk:
        title = pgettext("subject of a letter", "You are assigned")
        ask = _("You are assigned to this ticket: read it and begin.")
        return Content(ask=ask, title=title, facts=case.facts)
    return Content(
        ask=_("Another specialist works on your request now. Nothing is needed from you."),
        rest=_("Specialist: %(people)s.") % {"people": people},
        facts=case.facts,
    )


def _triaged(case: Case) -> Content:
    return Content(
        ask=_("The conditions of your request have changed; we still wait for your word.")
        if case.ticket.awaits == Awaits.CUSTOMER
        else _("The conditions of your request have changed. Nothing is needed from you now."),
        said=case.datum("reason"),
        author=case.name,
        note=_("If you do not agree, answer this letter."),
        facts=case.facts,
    )


def _message(case: Case) -> Content | None:
    message = Message.objects.visible_to(case.reader).filter(pk=case.event.data.get("message")).first()
    if not isinstance(message, Message):
        return None
    if case.is_own:
        return _late(case)
    ask, rest, title = _asked_by_message(case)
    return Content(ask=ask, rest=rest, title=title, facts=case.facts, **_said(case, message))


def _asked_by_message(case: Case) -> tuple[str, str, str]:
    if case.for_desk and case.event.kind == events.ANSWERED:
        return (
            _("The customer has answered your question: go on."),
            _("The clock runs again."),
            pgettext("subject of a letter", "Answer received"),
        )
    if case.for_desk:
        return (
            _("The customer has written: read and answer."),
            "",
            pgettext("subject of a letter", "The customer has written"),
        )
    if case.event.by and not case.event.by.is_staff:
        return _("Your colleague has written. Nothing is needed from you now."), "", ""
    return (
        _("Read the answer. If you want to add something, answer this letter."),
        "",
        pgettext("subject of a letter", "Answer"),
    )


def _late(case: Case) -> Content | None:
    """For who answered a ticket that was over: their words are read, and what they can do if it is not settled."""
    ticket = case.ticket
    if ticket.closed_at is None:
        return None
    until = ticket.closed_at + REOPEN_WITHIN
    if ticket.state == State.CLOSED and case.event.at <= until:
        ask = _("This ticket is closed. If the matter is not settled, open the ticket and reopen it.")
        rest = _("That is possible until %(due)s.") % {"due": moment(until)}
    else:
        ask = _("This ticket is over. For a new matter, or to go on with this one, register a new request.")
        rest = _("A new letter to us, not an answer to this one, registers it as well.")
    return Content(ask=ask, rest=rest, note=_("Your letter stands in the ticket; a specialist will read it."))


def _asked(case: Case) -> Content | None:
    question = case.ticket.requests.filter(pk=case.event.data.get("request")).first()
    if question is None:
        return None
    return Content(
        ask=_("Answer the question."),
        rest=_("While we wait for you, the clock stands still."),
        title=pgettext("subject of a letter", "Answer the question"),
        act=pgettext("button of a letter", "Answer"),
        note=_answering(),
        facts=case.facts,
        **_said(case, question),
    )


def _proposed(case: Case) -> Content | None:
    resolution = case.ticket.resolutions.filter(pk=case.event.data.get("resolution")).first()
    return _review(case, resolution, _("Check resolution № %(n)s and answer.")) if resolution else None


def _reminded(case: Case) -> Content | None:
    """Whatever still waits for the customer, once more."""
    if case.ticket.state == State.REVIEW:
        resolution = case.ticket.resolutions.filter(verdict=Resolution.Verdict.PROPOSED).first()
        words = _("Resolution № %(n)s still waits for your answer: check it.")
        return _review(case, resolution, words) if resolution else None
    question = case.ticket.requests.filter(ended_at__isnull=True).last()
    if question is None:
        return None
    return Content(
        ask=_("We still wait for your answer to the question."),
        rest=_("While we wait for you, the clock stands still."),
        title=pgettext("subject of a letter", "We wait for your answer"),
        act=pgettext("button of a letter", "Answer"),
        note=_answering(),
        facts=case.facts,
        **_said(case, question),
    )


def _review(case: Case, resolution: Resolution, ask: str) -> Content:
    return Content(
        ask=ask % {"n": resolution.n},
        rest=_("While you check, the clock stands still."),
        title=pgettext("subject of a letter", "Check the resolution"),
        decide=None if case.for_desk else (links.RESOLUTION, resolution.n),
        verdicts=(
            pgettext("button of a letter", "Accept the resolution"),
            pgettext("button of a letter", "Return for rework"),
        ),
        note=_(
            "You may simply answer this letter: “Accepted”, or “Return:” and what is still wrong."
            " Any other answer gets into the ticket as a message."
        ),
        facts=case.facts,
        **_said(case, resolution),
    )


def _accepted(case: Case) -> Content:
    if case.for_desk:
        return Content(
            ask=_("The customer has accepted the resolution; the ticket is closed."),
            title=pgettext("subject of a letter", "Accepted"),
            said=case.datum("reason"),
            author=case.name if case.datum("reason") else "",
        )
    return Content(
        ask=_("The ticket is closed: the resolution is accepted. Nothing is needed from you."),
        rest=_who_accepted(case),
        note=_("If the trouble comes back, open the ticket and reopen it: that is possible for 14 days."),
    )


def _who_accepted(case: Case) -> str:
    if spoken := case.datum("spoken_by"):
        by_letter = case.datum("via") == Via.LETTER
        words = (
            _("%(name)s has accepted it in a letter; the support desk wrote it down.")
            if by_letter
            else _("%(name)s has accepted the resolution by phone.")
        )
        return words % {"name": spoken}
    return own_verdict(case)


def own_verdict(case: Case) -> str:
    """For who decided without signing in: letters can get into other hands."""
    if not case.is_own:
        return ""
    if case.datum("via") == Via.LINK:
        return _("You decided so by the link of our letter. If it was not you, answer this letter.")
    return _("You decided so by your letter. If you did not mean it, answer this letter.")


def _returned(case: Case) -> Content:
    if case.for_desk:
        ask, title = (
            _("The customer has returned the resolution: rework it."),
            pgettext("subject of a letter", "Returned for rework"),
        )
    elif case.is_own:
        ask, title = _("The resolution is returned for rework; we go on with it. Nothing is needed from you now."), ""
    else:
        ask, title = _("Your colleague has returned the resolution for rework."), ""
    rest = "" if case.for_desk else own_verdict(case)
    return Content(ask=ask, rest=rest, title=title, said=case.datum("reason"), author=case.name, facts=case.facts)


def _cancelled(case: Case) -> Content:
    if case.for_desk:
        ask = _("The customer has closed the ticket. Nothing is left to do.")
    else:
        ask = _("Your colleague has closed the ticket.")
    title = pgettext("subject of a letter", "Closed by the customer") if case.for_desk else ""
    return Content(ask=ask, title=title, said=case.datum("reason"), author=case.name if case.datum("reason") else "")


def _refused(case: Case) -> Content:
    return Content(
        ask=_("We cannot do what you ask for. Read why."),
        title=pgettext("subject of a letter", "Refused"),
        said=case.datum("reason"),
        author=case.name,
        note=_("If you do not agree, answer this letter."),
    )


def _reopened(case: Case) -> Content:
    ask = _("The customer has reopened the ticket: go on.") if case.for_desk else _("Your colleague has reopened it.")
    title = pgettext("subject of a letter", "Reopened") if case.for_desk else ""
    return Content(ask=ask, title=title, said=case.datum("reason"), author=case.name, facts=case.facts)


def _handed(case: Case) -> Content:
    return Content(
        ask=_("This request is yours now: the support desk will ask you and wait for your answers."),
        rest=_("Before you it was %(name)s.") % {"name": case.datum("before")},
        title=pgettext("subject of a letter", "The request is yours now"),
        facts=case.facts,
    )


def _breached(case: Case) -> Content:
    return Content(
        ask=_("The deadline has passed: answer the customer and say when it will be done."),
        title=pgettext("subject of a letter", "The deadline has passed"),
        facts=case.facts,
    )


def _warned(case: Case) -> Content:
    target = str(Target(case.datum("target")).label)
    return Content(
        ask=_("Time runs out: answer the customer or agree another date."),
        rest=_("%(share)s %% of the time for %(target)s has passed.")
        % {"share": case.datum("share"), "target": target},
        title=pgettext("subject of a letter", "Time runs out"),
        facts=case.facts,
    )


def _answering() -> str:
    return _("You may simply answer this letter: the answer and its files get into the ticket.")


def _said(case: Case, thing: Message | InformationRequest | Resolution) -> dict[str, Any]:
    """The words of a public entry with their author and the names of the files."""
    author = thing.author.name if thing.author else ""
    if thing.author and thing.author.is_staff and not case.for_desk:
        author = _("%(name)s, specialist") % {"name": author}
    files = thing.attachments.all() if case.for_desk else thing.attachments.filter(internal=False)
    return {"said": thing.text, "author": author, "files": tuple(file.name for file in files.order_by("id"))}


_TELLERS: dict[str, Callable[[Case], Content | None]] = {
    events.REGISTERED: _registered,
    events.TAKEN: _taken,
    events.ASSIGNED: _assigned,
    events.TRIAGED: _triaged,
    events.MESSAGE: _message,
    events.ANSWERED: _message,
    events.ASKED: _asked,
    events.PROPOSED: _proposed,
    events.REMINDED: _reminded,
    events.ACCEPTED: _accepted,
    events.RETURNED: _returned,
    events.CANCELLED: _cancelled,
    events.REFUSED: _refused,
    events.REOPENED: _reopened,
    events.HANDED: _handed,
    events.BREACHED: _breached,
    events.WARNED: _warned,
}
