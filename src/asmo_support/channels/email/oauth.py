"""Access tokens for mail servers that sign in by OAuth2 (RFC 6749, section 6; XOAUTH2).

A mail service gives the right to its mailbox once, as a refresh token; a token that is good for about an hour is asked
for with it. One process asks at a time: services that change the refresh token each time take the old one for stolen.
"""

import json
import ssl
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from django.db import transaction
from django.utils import timezone

from asmo_support.channels.models.server import Server
from asmo_support.channels.secrets import seal, unseal
from asmo_support.lib.errors import Broken
from asmo_support.lib.text import first_words

SECONDS, LONGEST_ANSWER, LONGEST_TOKEN = 15.0, 64 * 1024, 16 * 1024
SPARE, USUAL, LONGEST_LIFE = timedelta(minutes=2), 3600, 7 * 86_400
FIELDS = ("access_token", "access_until", "refresh_token")
_EXPIRED, _CLIENT = (
    frozenset({"invalid_grant", "interaction_required"}),
    frozenset({"invalid_client", "unauthorized_client"}),
)


class NoTokenError(Broken):
    """No access token is to be had. `code` says whose fault it is (see `channels.troubles`)."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def access(server: Server) -> str:
    """An access token that is good for a while yet. Raises NoTokenError."""
    if not _is_fresh(server):
        _renew(server)
    return unseal(server.access_token)


def forget(server: Server) -> None:
    """The mail server did not take the token: the next one is asked for anew."""
    server.access_until = None
    server.save(update_fields=["access_until"])


def is_safe(address: str) -> bool:
    """Secrets go to an address only over TLS, or within this machine."""
    try:
        parts = urlsplit(address)
        name = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    return bool(name) and (
        parts.scheme == "https" or (parts.scheme == "http" and name in {"127.0.0.1", "localhost", "::1"})
    )


@transaction.atomic
def _renew(server: Server) -> None:
    held = type(server)._default_manager.select_for_update().get(pk=server.pk)  # noqa: SLF001 - any kind of server
    if not _is_fresh(held):
        said = _ask(held)
        held.access_token = seal(str(said["access_token"]))
        held.access_until = timezone.now() + timedelta(seconds=_life(said.get("expires_in")))
        if said.get("refresh_token"):
            held.refresh_token = seal(str(said["refresh_token"]))
        held.save(update_fields=list(FIELDS))
    for name in FIELDS:
        setattr(server, name, getattr(held, name))


def _is_fresh(server: Server, now: datetime | None = None) -> bool:
    until = server.access_until
    return bool(server.access_token and until and until - SPARE > (now or timezone.now()))


def _ask(server: Server) -> dict[str, Any]:
    if not server.refresh_token:
        raise NoTokenError("token-missing", "There is no refresh token.")
    asked = {
        "grant_type": "refresh_token",
        "refresh_token": unseal(server.refresh_token),
        "client_id": server.client_id,
        "client_secret": unseal(server.client_secret),
        "scope": server.scope,
    }
    status, said = _post(server.token_url, {name: value for name, value in asked.items() if value})
    token = said.get("access_token")
    if status == 200 and isinstance(token, str) and 0 < len(token) <= LONGEST_TOKEN and token.isascii():
        return said
    raise _refusal(status, said)


def _post(address: str, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Ask once; nobody sends the secrets on to another address."""
    if not is_safe(address):
        raise NoTokenError("token-server", f"{address}: https is needed.")
    pool = urllib3.PoolManager(ssl_context=ssl.create_default_context(), timeout=SECONDS, retries=False)
    try:
        answer = pool.request(
            "POST", address, body=urlencode(fields), redirect=False, preload_content=False,
            headers={"content-type": "application/x-www-form-urlencoded", "accept": "application/json"},
        )  # fmt: skip
        raw = answer.read(LONGEST_ANSWER)
        answer.close()
    except (urllib3.exceptions.HTTPError, OSError) as problem:
        raise NoTokenError("token-server", first_words(f"{urlsplit(address).hostname}: {problem}", 300)) from problem
    finally:
        pool.clear()
    try:
        said = json.loads(raw)
    except ValueError:
        said = {}
    return answer.status, said if isinstance(said, dict) else {}


def _refusal(status: int, said: dict[str, Any]) -> NoTokenError:
    error = str(said.get("error", ""))
    words = first_words(f"{status} {error} {said.get('error_description', '')}".strip(), 300)
    if error in _EXPIRED:
        return NoTokenError("token-expired", words)
    return NoTokenError("token-client" if error in _CLIENT else "token-server", words)


def _life(seconds: Any) -> int:
    try:
        return min(max(int(seconds), 0), LONGEST_LIFE)
    except (TypeError, ValueError, OverflowError):
        return USUAL
