"""What people show at a door: live and dead sessions and tokens, and half a sign-in."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from asmo_support.people.actions.tokens import create_token, revoke_token
from asmo_support.people.models import AccessToken, User
from tests.matrix.people import DEAD_CONTACT, DEAD_LEAD, EXPIRED, PENDING, REVOKED, WRONG_KEY

if TYPE_CHECKING:
    from tests.matrix.world import World

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True, slots=True)
class Keys:
    """The cookie and the token of one person; each may be empty."""

    session: str = ""
    token: str = ""


def give(world: "World") -> None:
    """Make the keys of everybody, the living and the dead, and remember what no answer may show."""
    users, keys, secrets = world.users, world.keys, world.secrets
    lead = users["lead"]
    for name, user in users.items():
        keys[name] = Keys(session(user), create_token(user, by=None, name="matrix"))
        secrets.add(user.password)
        _second_factors(user)
    # When a token was used is written down every few minutes, which a slow run would take for a change.
    AccessToken.objects.update(used_at=timezone.now() + timedelta(days=1))
    keys[EXPIRED.name] = _expired(lead)
    keys[REVOKED.name] = _revoked(lead)
    keys[PENDING.name] = Keys(_half(users[PENDING.name]), "")
    keys[WRONG_KEY.name] = keys["lead"]
    passkey = Authenticator(user=users[DEAD_CONTACT.name], type=Authenticator.Type.WEBAUTHN, data={"name": "Ключ"})
    passkey.save()
    world.passkey = passkey.pk
    for dead in (DEAD_CONTACT, DEAD_LEAD):
        User.objects.filter(pk=users[dead.name].pk).update(is_active=False)
    secrets.update(AccessToken.objects.values_list("digest", flat=True))
    secrets.add(SECRET)


def session(user: User) -> str:
    """A session as the sign-in page leaves it, made without the page: the page has its own tests."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    store["account_authentication_methods_user"] = str(user.pk)
    store.create()
    return str(store.session_key)


def _second_factors(user: User) -> None:
    """A code generator and recovery codes, and the address as the sign-in pages know it."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


def _expired(user: User) -> Keys:
    key, token = session(user), create_token(user, by=None, name="expired", life=timedelta(seconds=-1))
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    return Keys(key, token)


def _revoked(user: User) -> Keys:
    key, token = session(user), create_token(user, by=None, name="revoked")
    Session.objects.filter(pk=key).delete()
    revoke_token(AccessToken.objects.get(name="revoked"), by=None)
    return Keys(key, token)


def _half(user: User) -> str:
    """Sign in with the password through the page; the second step stays open."""
    client = Client(raise_request_exception=True)
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    if answer.status_code != 302 or not answer["Location"].startswith("/accounts/2fa/authenticate/"):
        raise AssertionError(f"No second step was asked for: {answer.status_code} {answer.headers}")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
