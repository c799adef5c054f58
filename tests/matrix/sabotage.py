"""Holes of the kind that real systems had, each made on purpose for one test. The matrix must see every one."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.utils import url_str_to_user_pk
from django.contrib.auth import middleware as auth_middleware
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404, HttpResponse

from asmo_support.api import guard as api_guard
from asmo_support.api import middleware as api_middleware
from asmo_support.config import policy
from asmo_support.lib.verdict import Verdict
from asmo_support.people.actions.tokens import digest
from asmo_support.people.models import AccessToken, User
from asmo_support.tickets.models.message import SaidQuerySet
from asmo_support.tickets.models.ticket import TicketQuerySet
from asmo_support.ui import guard, middleware
from asmo_support.wall.acting import SYSTEM, acting_as

Patch = pytest.MonkeyPatch


def ask_nobody(patch: Patch) -> None:
    """`may=` is dropped: whoever holds a thing may do everything with it."""
    patch.setattr(guard, "_ask", lambda *_given: None)
    patch.setattr(api_guard, "_ask_role", lambda *_given: None)
    patch.setattr(api_guard, "_act", lambda _verdict, run: run())


def invert_verdicts(patch: Patch) -> None:
    """Yes is no and no is yes."""
    patch.setattr(Verdict, "__bool__", lambda verdict: not verdict.allowed)


def see_all_tickets(patch: Patch) -> None:
    """`visible_to` forgets to filter."""
    patch.setattr(TicketQuerySet, "visible_to", lambda rows, _user: rows)


def see_all_words(patch: Patch) -> None:
    """Notes for the desk are messages like others."""
    patch.setattr(SaidQuerySet, "visible_to", lambda rows, _user: rows)


def drop_row_security(patch: Patch) -> None:
    """Customers' pages run in the role that the policies let see everything."""
    patch.setattr(middleware, "acting_as", lambda _role, _organizations=(): acting_as(SYSTEM))


def see_nothing(patch: Patch) -> None:
    """`visible_to` shows nothing to anybody."""
    patch.setattr(TicketQuerySet, "visible_to", lambda rows, _user: rows.none())


def open_every_route(patch: Patch) -> None:
    """The policy is not asked."""
    patch.setattr(policy.DenyByDefault, "process_view", lambda *_given, **_more: None)


def close_every_route(patch: Patch) -> None:
    """A system that always says no is as wrong as one that always says yes."""

    def nothing(*_given: Any, **_more: Any) -> HttpResponse:
        raise Http404

    patch.setattr(policy.DenyByDefault, "process_view", nothing)


def allow_everything(patch: Patch) -> None:
    """The rights helper that always says yes."""
    open_every_route(patch)
    ask_nobody(patch)
    see_all_tickets(patch)
    see_all_words(patch)
    drop_row_security(patch)


def forget_a_line(patch: Patch) -> None:
    """One line of the policy is lost."""
    patch.delitem(policy.POLICY, ("api:ticket", "GET"))


def forget_roles(patch: Patch) -> None:
    """Whoever is signed in comes in everywhere: the middleware looks at the session only."""
    patch.setattr(policy, "POLICY", {key: _everybody(rule) for key, rule in policy.POLICY.items()})


def keep_the_dead(patch: Patch) -> None:
    """A deactivated person's session lives on."""
    patch.setattr(ModelBackend, "user_can_authenticate", lambda _backend, _user: True)


def keep_dead_tokens(patch: Patch) -> None:
    """A token opens although it ran out, was revoked, or its person is gone."""

    def bearer(token: str) -> Any:
        row = AccessToken.objects.filter(digest=digest(token)).first()
        return row.user if row else None

    patch.setattr(api_middleware, "bearer", bearer)


def keep_old_sessions(patch: Patch) -> None:
    """A session is good for ever."""

    def found(store: SessionStore) -> Any:
        return store.model.objects.filter(session_key=store.session_key).first()

    patch.setattr(SessionStore, "_get_session_from_db", found)


def take_any_key(patch: Patch) -> None:
    """The API takes a browser's session as well."""
    patch.setattr(api_middleware, "PREFIX", "/nowhere/")


def skip_the_second_factor(patch: Patch) -> None:
    """Whoever gave the password is signed in; the second step is only a page."""
    real = auth_middleware.get_user

    def user(request: Any) -> Any:
        half = request.session.get("account_login")
        return User.objects.get(pk=url_str_to_user_pk(half["user_pk"])) if half else real(request)

    patch.setattr(auth_middleware, "get_user", user)


def tell_the_difference(patch: Patch) -> None:
    """«You may not see this» instead of «there is no such number»."""
    real = guard._load

    def load(model: Any, user: Any, **key: Any) -> Any:
        try:
            return real(model, user, **key)
        except Http404:
            if model.objects.filter(**key).exists():
                raise guard.NotAllowed("It is not yours.") from None
            raise

    patch.setattr(guard, "_load", load)


Sabotage = Callable[[Patch], None]


def _everybody(rule: Any) -> Any:
    from asmo_support.lib.roles import ALL_ROLES

    return rule if rule.public else type(rule)(ALL_ROLES, ALL_ROLES, rule.thing)
