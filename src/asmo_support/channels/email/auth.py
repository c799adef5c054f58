"""What our own mail server found out about the sender (RFC 8601, EI-18).

Only the topmost Authentication-Results field counts and only when it carries the name we were told to trust: our
server writes on top of whatever the sender brought along, so anything below or with another name may be forged.
"""

import re
from typing import Any

import authres

from asmo_support.channels.email.letter import Auth

_LONGEST = 8 * 1024


def read(values: list[str], authserv_id: str) -> Auth:
    """`values`: the fields as they stand, topmost first. Doubt gives an empty answer."""
    if not authserv_id or not values:
        return Auth()
    value = re.sub(r"\s+", " ", values[0]).strip()
    if len(value) > _LONGEST or not value.isascii():
        return Auth()
    try:
        parsed = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
    except Exception:  # noqa: BLE001 - an old parser of hostile text: whatever it raises means "not authenticated"
        return Auth()
    if (parsed.authserv_id or "").lower() != authserv_id.lower():
        return Auth()
    return _collected(parsed.results or [])


def _collected(results: list[Any]) -> Auth:
    dmarc = [one for one in results if one.method == "dmarc"]
    spf = [one for one in results if one.method == "spf"]
    dkim = [one for one in results if one.method == "dkim"]
    passed = tuple(dict.fromkeys(_domain(_property(one, "header", "d")) for one in dkim if _result(one) == "pass"))
    # Two verdicts of one kind that differ are no verdict.
    return Auth(
        dmarc=_agreed(dmarc),
        dkim=("pass" if passed else _result(dkim[0])) if dkim else "",
        spf=_agreed(spf),
        dmarc_from=_domain(_property(dmarc[0], "header", "from")) if dmarc else "",
        dkim_domains=tuple(one for one in passed if one),
        spf_domain=_domain(_property(spf[0], "smtp", "mailfrom")) if spf else "",
    )


def _agreed(results: list[Any]) -> str:
    verdicts = {_result(one) for one in results}
    return verdicts.pop() if len(verdicts) == 1 else ("conflict" if verdicts else "")


def _result(one: Any) -> str:
    return str(one.result or "").lower()


def _property(one: Any, kind: str, name: str) -> str:
    found = [each.value for each in one.properties if each.type == kind and each.name == name]
    return str(found[0]) if len(found) == 1 and found[0] else ""


def _domain(value: str) -> str:
    return value.rpartition("@")[2].strip("\"' .").lower()
