"""The tags every template has: signs, words of time, people, fields. A builtin library; nothing has to be loaded."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
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
    css = f"i i--{size}" if size else "i"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("ui/icons.svg"), name
    )


@register.simple_tag
def move(look: str) -> SafeString:
    """{% move "mine" %}: mine (my move at the desk), our (a colleague's), theirs, you (on the portal), done."""
    labels = {"mine": _("your move"), "our": _("our move"), "theirs": _("the customer’s move"), "you": _("your move")}
    return drawing.stones(look, labels.get(look, _("no moves")))


@register.simple_tag
def meter(reading: drawing.Reading) -> SafeString:
    """{% meter readings.resolution %}: the hour bars of one clock."""
    return drawing.meter(reading)


@register.simple_tag
def clock_cell(readings: dict[str, Any], planned: date | None = None, agreed: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a template says it in order
    """{% clock_cell readings ticket.planned_at ticket.planned_agreed %}: a row's bars and time left, or its date."""
    reaction, resolution = readings.get("reaction"), readings.get("resolution")
    nearest, news = drawing.worst(reaction, resolution), readings.get("update")
    if news is not None and drawing.tone(news) in {"late", "soon"} and drawing.worst(nearest, news) == news:
        return _news(news)
    if nearest is None:
        return _planned(planned, readings.get("planned"), agreed=agreed)
    look = drawing.tone(nearest)
    return format_html(
        '<span class="clock{}">{}<span>{}</span></span>',
        f" clock--{look}" if look else "",
        drawing.meter_row(reaction, resolution),
        words.span(nearest.remaining_minutes or 0.0, _lang()),
    )


def _news(reading: drawing.Reading) -> SafeString:
    return format_html(
        '<span class="clock clock--{}"><span class="plan">{}<span>{}</span><span class="sr">{}</span></span></span>',
        drawing.tone(reading),
        icon("reply"),
        words.span(reading.remaining_minutes or 0.0, _lang()),
        _("until the customer is told how it goes"),
    )


def _planned(planned: date | None, reading: drawing.Reading | None, *, agreed: bool) -> SafeString:
    """A date in words; “?” while it is not agreed."""
    if planned is None:
        return mark_safe("")
    look = drawing.tone(reading) if reading else ""
    doubt = format_html('<span aria-hidden="true">?</span><span class="sr">, {}</span>', _("not agreed"))
    return format_html(
        '<span class="clock clock--{}"><span class="plan">{}<span>{}{}</span></span></span>',
        look or "plan",
        icon("calendar"),
        words.day(planned, _today(), _lang()),
        "" if agreed else doubt,
    )


@register.simple_tag
def tone(reading: drawing.Reading) -> str:
    """late, soon, paused or nothing: the colour of a clock's words."""
    return drawing.tone(reading)


@register.simple_tag
def priority(ticket: Any) -> SafeString:
    """{% priority ticket %}"""
    return drawing.priority(ticket.priority, f"{ticket.get_priority_display()}")


@register.simple_tag
def avatar(person: Any, size: str = "", me: Any = None) -> SafeString:
    """{% avatar user "28" request.user %}: a square is ours (dark: me), a circle a customer's, dashed nobody."""
    look = f" av--{size}" if size else ""
    if not person:
        return format_html('<span class="av av--none{}" aria-hidden="true"></span>', look)
    if person.is_staff:
        look += " av--our" + (" av--me" if me is not None and person.pk == me.pk else "")
    return format_html('<span class="av{}" aria-hidden="true">{}</span>', look, words.initials(str(person)))


@register.filter
def when(moment: datetime | None) -> str:
    return words.when(moment, timezone.now(), _lang()) if moment else ""


@register.filter
def when_short(moment: datetime | None) -> str:
    return words.when_short(moment, timezone.now(), _lang()) if moment else ""


@register.filter
def until(moment: datetime | None) -> str:
    return words.until(moment, timezone.now(), _lang()) if moment else ""


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


LOOKS = {"checkbox": "check", "radio": "radio", "file": ""}


@register.inclusion_tag("ui/components/_field.html")
def field(bound: Any, label: str = "") -> dict[str, Any]:
    """{% field form.subject %}: label, control, hint and error of one field; Django ties them by their ids."""
    widget = bound.field.widget
    kind = str(getattr(widget, "input_type", "") or "text")
    attributes: dict[str, Any] = {"class": LOOKS.get(kind, "input")}
    if bound.field.required and kind != "checkbox":
        attributes["required"] = True
    known = {"bound": bound, "kind": kind, "label": label or bound.label}
    if kind == "radio":
        return {**known, "options": bound.subwidgets}
    return {**known, "control": bound.as_widget(attrs=attributes)}
