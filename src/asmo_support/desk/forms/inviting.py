"""Letting a person in: a letter with a one-time link to set a password, the same that a forgotten one brings."""

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from asmo_support.people.models import User
from asmo_support.wall.acting import SYSTEM, acting_as


def invite(request: HttpRequest, person: User) -> None:
    """Send the letter. Links and counters of attempts are the sign-in door's: they are written as `system`."""
    with acting_as(SYSTEM):
        form = ResetPasswordForm({"email": person.email})
        if form.is_valid():
            form.save(request)
