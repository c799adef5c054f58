"""How allauth behaves here: nobody signs up by himself, letters go through our outbox, nothing tells who exists."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from asmo_support.channels.secrets import seal, unseal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user: Any = request.user
        return "/desk/" if user.is_authenticated and user.is_staff else "/"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def get_totp_issuer(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def encrypt(self, text: str) -> str:
        """Seeds of second factors lie sealed: a stolen copy of the database is not enough to sign in."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
