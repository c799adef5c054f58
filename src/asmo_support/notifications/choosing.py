"""What a person wants to be told: read for the page, and changed by that person alone."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asmo_support.journal.models import Event
from asmo_support.journal.recording import record
from asmo_support.lib.errors import Refused
from asmo_support.notifications.holding import rhythm_of
from asmo_support.notifications.kinds import EVERYTHING, KINDS, Kind, offered_to
from asmo_support.notifications.models import Choice, Mode, Preference
from asmo_support.notifications.moments import Rhythm
from asmo_support.people.models import User

CHANGED = "user.notices-chosen"
# The time zones of Russia and of its neighbours, from west to east.
ZONES = {
    "Europe/Kaliningrad": gettext_lazy("Kaliningrad (Moscow − 1)"),
    "Europe/Moscow": gettext_lazy("Moscow, Saint Petersburg"),
    "Europe/Minsk": gettext_lazy("Minsk"),
    "Europe/Samara": gettext_lazy("Samara (Moscow + 1)"),
    "Asia/Tbilisi": gettext_lazy("Tbilisi"),
    "Asia/Yerevan": gettext_lazy("Yerevan"),
    "Asia/Baku": gettext_lazy("Baku"),
    "Asia/Yekaterinburg": gettext_lazy("Yekaterinburg, Perm (Moscow + 2)"),
    "Asia/Almaty": gettext_lazy("Almaty, Astana"),
    "Asia/Tashkent": gettext_lazy("Tashkent"),
    "Asia/Omsk": gettext_lazy("Omsk (Moscow + 3)"),
    "Asia/Bishkek": gettext_lazy("Bishkek"),
    "Asia/Novosibirsk": gettext_lazy("Novosibirsk, Tomsk (Moscow + 4)"),
    "Asia/Krasnoyarsk": gettext_lazy("Krasnoyarsk (Moscow + 4)"),
    "Asia/Irkutsk": gettext_lazy("Irkutsk (Moscow + 5)"),
    "Asia/Yakutsk": gettext_lazy("Yakutsk, Chita (Moscow + 6)"),
    "Asia/Vladivostok": gettext_lazy("Vladivostok, Khabarovsk (Moscow + 7)"),
    "Asia/Magadan": gettext_lazy("Magadan, Sakhalin (Moscow + 8)"),
    "Asia/Kamchatka": gettext_lazy("Kamchatka (Moscow + 9)"),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything on the page: how each kind comes, and when."""

    modes: dict[str, str]
    rhythm: Rhythm


def wishes_of(person: User) -> Wishes:
    """What holds now, chosen or not."""
    chosen = Choice.objects.of(person)
    return Wishes({one.code: chosen.get(one.code, one.default) for one in offered_to(person)}, rhythm_of(person))


@transaction.atomic
def choose(person: User, wishes: Wishes) -> None:
    """Write to the person in this way from now on; what waits already is moved by `holding.move`."""
    rhythm = wishes.rhythm
    _check(rhythm)
    before = Choice.objects.of(person)
    facts = {
        "organization_id": person.organization_id, "zone": rhythm.zone, "quiet_from": rhythm.quiet_from,
        "quiet_to": rhythm.quiet_to, "working_days": rhythm.working_days, "daily_at": rhythm.daily_at,
        "changed_at": timezone.now(),
    }  # fmt: skip
    Preference.objects.update_or_create(person=person, defaults=facts)
    _set(
        person, {kind: mode for kind, mode in wishes.modes.items() if kind in {one.code for one in offered_to(person)}}
    )
    record(person, CHANGED, by=person, before=before, after=wishes.modes)


@transaction.atomic
def leave(person: User, kind: str) -> None:
    """Send no more of this kind, or of all kinds: by the link of a letter."""
    before = Choice.objects.of(person)
    _set(person, dict.fromkeys(_codes(person, kind), Mode.NEVER))
    record(person, CHANGED, by=person, before=before, after=Choice.objects.of(person), via="link")


@transaction.atomic
def come_back(person: User, kind: str) -> None:
    """Send them again as they came before: by the same link."""
    before, codes = Choice.objects.of(person), _codes(person, kind)
    last = Event.objects.filter(thing=User.journal_name, thing_id=person.pk, kind=CHANGED, data__via="link").last()
    earlier = dict(last.data["before"]) if last else {}
    modes = {code: earlier.get(code, KINDS[code].default) for code in codes}
    if set(modes.values()) == {Mode.NEVER}:
        modes = dict.fromkeys(codes, Mode.NOW.value)
    _set(person, modes)
    record(person, CHANGED, by=person, before=before, after=Choice.objects.of(person), via="link again")


def has_left(person: User, kind: str) -> bool:
    """Whether nothing of this kind comes any more."""
    chosen = Choice.objects.of(person)
    codes = _codes(person, kind)
    return all(chosen.get(code, KINDS[code].default) == Mode.NEVER for code in codes)


def kinds_of(person: User, kind: str) -> list[Kind]:
    """The kinds a link speaks of; none when the person gets nothing of the sort any more."""
    return [KINDS[code] for code in _codes(person, kind)]


def _codes(person: User, kind: str) -> list[str]:
    offered = [one.code for one in offered_to(person)]
    return offered if kind == EVERYTHING else [code for code in offered if code == kind]


def _set(person: User, modes: dict[str, str]) -> None:
    rows = [
        Choice(person=person, organization_id=person.organization_id, kind=kind, mode=Mode(mode))
        for kind, mode in modes.items()
    ]
    Choice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["mode", "organization"]
    )


def _check(rhythm: Rhythm) -> None:
    if rhythm.zone not in ZONES:
        raise Refused(_("Choose the time zone from the list."), field="zone")
    if (rhythm.quiet_from is None) != (rhythm.quiet_to is None):
        field = "quiet_to" if rhythm.quiet_to is None else "quiet_from"
        raise Refused(_("Quiet hours need both a beginning and an end."), field=field)
    if rhythm.quiet_from is not None and rhythm.quiet_from == rhythm.quiet_to:
        raise Refused(
            _("Quiet hours that end when they begin would last all day: choose another end."), field="quiet_to"
        )
