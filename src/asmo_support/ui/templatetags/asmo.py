"""The tags every template has: signs, words of time, people, fields. A builtin library; nothing has to be loaded."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.forms import CheckboxSelectMultiple, Select
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from asmo_support.ui import drawing, words

register = template.Library()


def _lang() -> str:
    return "en" if (get_language() or "ru").startswith("en") else "ru"


def _today() -> date:
    return words.local(timezone.now()).date()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """{% icon "plus" %} or {% icon "plus" "12" %} (sizes 12, 16, 20)."""
    return drawing.icon(_sheet(), name, size)


@cache
def _sheet() -> str:
    return static("ui/icons.svg")


NO_MOVES = gettext_noop("no moves")
MOVES = {
    "mine": gettext_noop("your move"),
    "our": gettext_noop("our move"),
    "theirs": gettext_noop("the customer’s move"),
    "you": gettext_noop("your move"),
}


@register.simple_tag
def load_bar(row: Any, most: int) -> SafeString:
    """{% load_bar row most %}: open tickets of a person, the dark part is our move."""
    label = _("%(ours)s of %(open)s are our move") % {"ours": row.ours, "open": row.open}
    return drawing.load_bar(row.ours, row.open, most, label)


@register.simple_tag
def move(look: str) -> SafeString:
    """{% move "mine" %}: mine (my move at the desk), our (a colleague's), theirs, you (on the portal), done."""
    return drawing.stones(look, _(MOVES.get(look, NO_MOVES)))


@register.simple_tag
def meter(reading: drawing.Reading) -> SafeString:
    """{% meter readings.resolution %}: the hour bars of one clock."""
    return drawing.meter(reading)


@register.simple_tag
def row_clock(row: Any) -> SafeString:
    """{% row_clock row as clock %}: the clocks of a row (desk.listing.Row), or what there is to say in their place."""
    ticket = row.ticket
    if row.move != "done":
        if row.alive or (ticket.planned_at and not ticket.needs_planned_date):
            return clock_cell(row.readings, ticket)
        if ticket.needs_planned_date:
            return drawing.plan(icon("calendar"), _("date needed"), "soon" if row.undated_at_risk else "plan")
    return drawing.plan(icon("check", "12") if row.move != "done" else "", _choice(ticket, "state", _lang()))


@register.simple_tag
def clock_cell(readings: dict[str, Any], ticket: Any = None) -> SafeString:
    """{% clock_cell readings ticket %}: bars and time left of a row, or its planned date, with words for the ear."""
    reaction, resolution = readings.get("reaction"), readings.get("resolution")
    nearest, news = drawing.worst(reaction, resolution), readings.get("update")
    if news is not None and drawing.tone(news) in {"late", "soon"} and drawing.worst(nearest, news) == news:
        return _news(news)
    if nearest is None:
        return _planned(ticket, readings.get("planned"))
    look = drawing.tone(nearest)
    return format_html(
        '<span class="clock{}">{}<span>{}</span></span>',
        f" clock--{look}" if look else "",
        drawing.meter_row(reaction, resolution),
        words.span(nearest.remaining_minutes or 0.0, _lang()),
    )


def _news(reading: drawing.Reading) -> SafeString:
    left = words.span(reading.remaining_minutes or 0.0, _lang())
    said = format_html('{}<span class="sr">{}</span>', left, _("until the customer is told how it goes"))
    return drawing.plan(icon("reply"), said, drawing.tone(reading))


def _planned(ticket: Any, reading: drawing.Reading | None) -> SafeString:
    """A date in words; “?” while it is not agreed."""
    if ticket is None or ticket.planned_at is None:
        return mark_safe("")
    look = drawing.tone(reading) if reading else ""
    doubt = format_html('<span aria-hidden="true">?</span><span class="sr">, {}</span>', _("not agreed"))
    day = format_html("{}{}", words.day(ticket.planned_at, _today(), _lang()), "" if ticket.planned_agreed else doubt)
    return drawing.plan(icon("calendar"), day, look or "plan")


@register.simple_tag
def tone(reading: drawing.Reading) -> str:
    """late, soon, paused or nothing: the colour of a clock's words."""
    return drawing.tone(reading)


@register.simple_tag
def priority(ticket: Any) -> SafeString:
    """{% priority ticket %}"""
    return drawing.priority(ticket.priority, _choice(ticket, "priority", _lang()))


@register.simple_tag
def avatar(person: Any, size: str = "", me: Any = None) -> SafeString:
    """{% avatar user "28" request.user %}: a square is ours (dark: me), a circle a customer's, dashed nobody."""
    look = f" av--{size}" if size else ""
    if not person:
        return format_html('<span class="av av--none{}" aria-hidden="true"></span>', look)
    if person.is_staff:
        look += " av--our" + (" av--me" if me is not None and person.pk == me.pk else "")
    return drawing.avatar(look, words.initials(str(person)))


@register.filter
def when(moment: datetime | None) -> str:
    return words.when(moment, timezone.now(), _lang()) + words.yours(moment, _lang()) if moment else ""


@register.filter
def when_short(moment: datetime | None) -> str:
    return words.when_short(moment, timezone.now(), _lang()) if moment else ""


@register.filter
def until(moment: datetime | None) -> str:
    return words.until(moment, timezone.now(), _lang()) + words.yours(moment, _lang()) if moment else ""


@register.filter
def clock(moment: datetime | None) -> str:
    return words.clock(moment) if moment else ""


@register.filter
def iso(moment: datetime | None) -> str:
    """For the datetime attribute of <time>."""
    return words.local(moment).isoformat(timespec="seconds") if moment else ""


@register.filter
def day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return words.day(words.local(value).date() if isinstance(value, datetime) else value, _today(), _lang())


@register.simple_tag
def period(first: date, last: date | None) -> str:
    """{% period contract.starts_on contract.ends_on %}: from day to day, nothing said twice."""
    if last is None:
        return _("from %(day)s") % {"day": words.day(first, _today(), _lang())}
    return words.period(first, last, _today(), _lang())


@register.filter
def month_short(value: date) -> str:
    """дек"""
    return words.month_short(value, _lang())


@register.filter
def weekday(value: date) -> str:
    """пятница"""
    return words.weekday(value, _lang())


@register.filter
def day_full(value: date | datetime | None) -> str:
    """Четверг, 5 ноября: the mark of a day in a timeline."""
    if value is None:
        return ""
    plain = words.local(value).date() if isinstance(value, datetime) else value
    return f"{words.weekday(plain, _lang()).capitalize()}, {words.day(plain, _today(), _lang())}"


@register.filter
def span(minutes: float | None) -> str:
    return words.span(minutes, _lang()) if minutes is not None else ""


@register.filter
def magnitude(value: float | None) -> float:
    return abs(value or 0)


@register.filter
def plural(number: int, forms: str) -> str:
    """{{ n|plural:"обращение|обращения|обращений" }}: only for text that is not translated; else use blocktranslate."""
    return words.plural(int(number), forms, _lang())


@register.filter
def money(amount: Decimal | None) -> str:
    return words.money(Decimal(amount), _lang()) if amount is not None else ""


@register.filter
def filesize(size: int) -> str:
    return words.filesize(size, _lang())


@register.filter
def nbsp(text: str) -> str:
    return words.glue(str(text))


@register.filter
def initials(name: str) -> str:
    return words.initials(str(name))


@register.filter
def prose(text: str) -> SafeString:
    """Typed text as paragraphs: escaped, lines kept, addresses made links that tell nobody where they were clicked."""
    paragraphs = re.split(r"\n{2,}", str(text).strip())
    linked = (urlize(conditional_escape(one), trim_url_limit=80, nofollow=True, autoescape=False) for one in paragraphs)
    safe = (
        one.replace("<a ", '<a class="link" target="_blank" ').replace(
            'rel="nofollow"', 'rel="nofollow noopener noreferrer"'
        )
        for one in linked
    )
    return mark_safe("".join(f"<p>{one}</p>" for one in safe).replace("\n", "<br>"))  # noqa: S308


@register.simple_tag
def placed(text: str, pictures: Any, route: str, number: int) -> SafeString:
    """{% placed text entry.pictures "desk:ticket-picture" ticket.number %}: words, each picture where its mark is."""
    waiting = list(pictures)
    if not waiting:
        return prose(text)
    # The text is cut before anything is drawn: a mark inside an address or a name never becomes a part of a tag.
    marks = "|".join(re.escape(mark) for mark in sorted({one.mark for one in waiting}, key=len, reverse=True))
    pieces = (_piece(piece, waiting, route, number) for piece in re.split(f"({marks})", text))
    return mark_safe("".join(pieces))  # noqa: S308


def _piece(piece: str, waiting: list[Any], route: str, number: int) -> SafeString:
    """Names may repeat: the first mark of a name takes its first picture. A mark nothing is left for stays a word."""
    found = next((one for one in waiting if one.mark == piece), None)
    if found is None:
        return prose(piece) if piece.strip() else SafeString("")
    waiting.remove(found)
    address = reverse(route, args=[number, found.pk])
    shown = format_html('<img src="{}" alt="{}" loading="lazy">', address, found.name)
    file = reverse(route.replace("-picture", "-attachment"), args=[number, found.pk])
    named = format_html('<a class="link" href="{}" download>{}</a> {}', file, found.name, filesize(found.size))
    return format_html('<figure class="placed">{}<figcaption class="meta">{}</figcaption></figure>', shown, named)


_CHOICES: dict[tuple[str, object, str], str] = {}


def _choice(ticket: Any, name: str, lang: str) -> str:
    """The word of a choice, `get_state_display()`, which a list asks for in every row: found once in each language."""
    key = (name, getattr(ticket, name), lang)
    if key not in _CHOICES:
        _CHOICES[key] = str(getattr(ticket, f"get_{name}_display")())
    return _CHOICES[key]


LOOKS = {"checkbox": "check", "radio": "radio", "file": ""}


@register.inclusion_tag("ui/components/_field.html")
def field(bound: Any, label: str = "") -> dict[str, Any]:
    """{% field form.subject %}: label, control, hint and error of one field; Django ties them by their ids."""
    widget = bound.field.widget
    several = isinstance(widget, CheckboxSelectMultiple)
    kind = "ticks" if several else str(getattr(widget, "input_type", "") or "text")
    attributes: dict[str, Any] = {"class": LOOKS.get(kind, "input")}
    if bound.field.required and kind != "checkbox":
        attributes["required"] = True
    known = {"bound": bound, "kind": kind, "label": label or bound.label, "optional": _may_be_left_out(bound.field)}
    if kind in {"radio", "ticks"}:
        return {**known, "options": bound.subwidgets}
    return {**known, "control": bound.as_widget(attrs=attributes)}


def _may_be_left_out(field: Any) -> bool:
    """A list without an empty line is always answered; a form whose rules are its own leaves the word out."""
    answered = isinstance(field.widget, Select) and "" not in dict(field.choices)
    return not field.required and not answered and not getattr(field, "unmarked", False)


@register.simple_tag
def seen(form: Any, mark: object) -> SafeString:
    """{% seen form mark %}: what a form was opened on. It stays while its writer corrects a mistake, and is taken anew
    once the page has said that somebody else was faster.
    """
    kept = form.data.get("seen") if form.is_bound and not getattr(form, "conflict", False) else None
    return format_html('<input type="hidden" name="seen" value="{}">', mark if kept is None else kept)


@register.inclusion_tag("ui/components/_cell.html")
def cell(bound: Any) -> dict[str, Any]:
    """{% cell one.edition %}: a field inside a table, named by its column; its error stands below it."""
    kind = str(getattr(bound.field.widget, "input_type", "") or "text")
    attributes = {"class": LOOKS.get(kind, "input"), "aria-label": str(bound.label)}
    return {"bound": bound, "control": bound.as_widget(attrs=attributes)}
