"""What the environment says, typed. An unknown ASMO_* variable is an error at start: a typo must not pass unseen."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from asmo_support.lib.errors import Broken

KNOWN = {
    "ASMO_HOME": "where data, secrets and files live (default: var/ beside the checkout)",
    "ASMO_DATABASE_URL": "a PostgreSQL server of yours instead of the embedded one (the owner's URL)",
    "ASMO_SITE_URL": "the address people use, for links in letters (default: where the service runs)",
    "ASMO_HOSTS": "further host names that may be asked for, separated by commas",
    "ASMO_TRUSTED_PROXIES": "how many proxies stand before the service (default: 0)",
    "ASMO_SECOND_FACTOR": "required | optional for staff (default: required, optional in the demo)",
    "ASMO_LMTP": "where a mail server of yours hands letters over by LMTP, for example 127.0.0.1:8024",
    "ASMO_SMTP_IN": "the same by SMTP, for example 127.0.0.1:8025",
    "ASMO_DEMO": "1 while the demo runs (set by `asmo run --demo`)",
    "ASMO_AS_OWNER": "1 while migrations run (set by `asmo migrate`)",
}
LAST_PORT = 65_536


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables, read once."""

    database_url: str
    site_url: str
    hosts: tuple[str, ...]
    trusted_proxies: int
    second_factor: bool
    lmtp: tuple[str, int] | None
    smtp_in: tuple[str, int] | None
    demo: bool
    as_owner: bool


def read(env: dict[str, str] | None = None) -> Environment:
    """Read ASMO_* variables. Raises Broken with one sentence when one is unknown or makes no sense."""
    values = dict(os.environ if env is None else env)
    unknown = sorted(name for name in values if name.startswith("ASMO_") and name not in KNOWN)
    if unknown:
        raise Broken(f"Unknown variable {', '.join(unknown)}. Known: {', '.join(KNOWN)}.")
    demo = _flag(values, "ASMO_DEMO")
    return Environment(
        database_url=values.get("ASMO_DATABASE_URL", ""),
        site_url=_site(values.get("ASMO_SITE_URL", "http://localhost:8000")),
        hosts=tuple(filter(None, (part.strip() for part in values.get("ASMO_HOSTS", "").split(",")))),
        trusted_proxies=_number(values, "ASMO_TRUSTED_PROXIES"),
        second_factor=_choice(values, "ASMO_SECOND_FACTOR", "optional" if demo else "required") == "required",
        lmtp=_place(values, "ASMO_LMTP"),
        smtp_in=_place(values, "ASMO_SMTP_IN"),
        demo=demo,
        as_owner=_flag(values, "ASMO_AS_OWNER"),
    )


def _flag(values: dict[str, str], name: str) -> bool:
    value = values.get(name, "0")
    if value not in {"0", "1", ""}:
        raise Broken(f"{name} must be 0 or 1, not “{value}”.")
    return value == "1"


def _number(values: dict[str, str], name: str) -> int:
    value = values.get(name, "0")
    if not value.isdecimal():
        raise Broken(f"{name} must be a whole number, not “{value}”.")
    return int(value)


def _choice(values: dict[str, str], name: str, default: str) -> str:
    value = values.get(name, default)
    if value not in {"required", "optional"}:
        raise Broken(f"{name} must be “required” or “optional”, not “{value}”.")
    return value


def _place(values: dict[str, str], name: str) -> tuple[str, int] | None:
    """Host and port; a port alone is one of this machine."""
    value = values.get(name, "").strip()
    if not value:
        return None
    host, _, port = value.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < LAST_PORT:
        raise Broken(f"{name} must look like 127.0.0.1:8024, not “{value}”.")
    return host.strip("[]") or "127.0.0.1", int(port)


def _site(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Broken(f"ASMO_SITE_URL must look like https://support.example.ru, not “{value}”.")
    return value.rstrip("/")
