"""A calendar invitation in a few lines (RFC 5545): what, when, where, who asks; times as the sender wrote them."""

import re

_FOLD = re.compile(r"\n[ \t]")
_LINE = re.compile(r"^([A-Za-z-]{1,40})((?:;[^:\n]{0,300})?):([^\n]{0,4000})", re.MULTILINE)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$")
_WANTED = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER", "DESCRIPTION")


def summary(text: str) -> str:
    """Lines «NAME: value» of the first event; empty when there is none."""
    _, found, event = _FOLD.sub("", text).partition("BEGIN:VEVENT")
    if not found:
        return ""
    values: dict[str, str] = {}
    for line in _LINE.finditer(event.partition("END:VEVENT")[0]):
        name = line[1].upper()
        if name in _WANTED:
            values.setdefault(name, _value(name, line[2], line[3].strip()))
    return "\n".join(f"{name}: {values[name]}" for name in _WANTED if values.get(name))


def _value(name: str, parameters: str, value: str) -> str:
    if name == "ORGANIZER":
        return re.sub(r"(?i)^mailto:", "", value)
    stamp = _STAMP.match(value)
    if name.startswith("DT") and stamp:
        day = f"{stamp[1]}-{stamp[2]}-{stamp[3]}"
        zone = "UTC" if stamp[6] else (re.search(r"TZID=\"?([^\";:]+)", parameters) or ["", ""])[1]
        return f"{day} {stamp[4]}:{stamp[5]} {zone}".strip() if stamp[4] else day
    return re.sub(r"\\([nN,;\\])", lambda found: "\n" if found[1] in "nN" else found[1], value)
