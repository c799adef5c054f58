"""Tags for pages whose times are not those of the rest of the site. A builtin library; nothing has to be loaded."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from asmo_support.lib import zones
from asmo_support.ui import words

register = template.Library()
OWN = "zone_of_reader"


class InZone(template.Node):
    """{% inzone told.zone own %}…{% endinzone %}: times inside are in the first zone, the reader's own is the other."""

    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList, zone: FilterExpression, own: FilterExpression) -> None:
        self.inside, self.zone, self.own = inside, zone, own

    def render(self, context: template.Context) -> SafeString:
        with words.shown_in(self.zone.resolve(context)), context.push(**{OWN: self.own.resolve(context)}):
            return self.inside.render(context)


@register.tag
def inzone(parser: Parser, token: Token) -> InZone:
    _tag, zone, own = token.split_contents()
    inside = parser.parse(("endinzone",))
    parser.delete_first_token()
    return InZone(inside, parser.compile_filter(zone), parser.compile_filter(own))


@register.simple_tag(takes_context=True)
def own_time(context: template.Context, moment: datetime | None) -> str:
    """(13:00): the moment in the reader's own time, where it is another one."""
    said = words.beside(moment, context[OWN], _lang()) if moment else ""
    return f" ({said})" if said else ""


@register.simple_tag(takes_context=True)
def own_zone(context: template.Context, zone: ZoneInfo) -> str:
    """The reader's zone where its clock shows another time than this one; else nothing."""
    now, own = timezone.now(), context[OWN]
    return zone_said(own) if now.astimezone(own).utcoffset() != now.astimezone(zone).utcoffset() else ""


@register.filter
def zone_said(zone: Any) -> str:
    """Новосибирск, UTC+7"""
    return zones.zone_said(zone.key if isinstance(zone, ZoneInfo) else str(zone), timezone.now(), _lang())


def _lang() -> str:
    return "en" if (get_language() or "ru").startswith("en") else "ru"
