"""How a model says what kind of table it has. A table without a declaration fails the house tests and `apply()`.

tenant   each row belongs to one organization: the portal sees and writes its own rows only
shared   reference data: everybody reads, the desk writes
system   sessions, tokens, queues: only `system`, plus what is granted here by name
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Wall:
    """The declaration of one table: its kind and what the portal and the desk may do with it."""

    kind: str
    portal: str = ""
    desk: str = "SELECT, INSERT, UPDATE, DELETE"
    own: str = "organization_id"
    rule: str = "{own}"
    change: str = ""


def tenant(*, portal: str = "SELECT", own: str = "organization_id", rule: str = "{own}", change: str = "") -> Wall:
    """Rows of one organization. `own` is the column that names it; `rule` is the portal's policy in SQL,
    where `{own}` stands for "the row is of an organization the reader may see"; `change` narrows it for writing.
    """
    return Wall("tenant", portal=portal, own=own, rule=rule, change=change)


def shared(*, portal: str = "SELECT", desk: str = "SELECT, INSERT, UPDATE, DELETE") -> Wall:
    return Wall("shared", portal=portal, desk=desk)


def system(*, portal: str = "", desk: str = "") -> Wall:
    return Wall("system", portal=portal, desk=desk)


# Tables of libraries and of Django itself, which cannot carry a declaration of their own.
FOREIGN: dict[str, Wall] = {
    "django_migrations": system(),
    "django_content_type": system(portal="SELECT", desk="SELECT"),
    "django_session": system(),
    "auth_permission": system(),
    "auth_group": system(),
    "auth_group_permissions": system(),
    "account_emailaddress": system(),
    "account_emailconfirmation": system(),
    "mfa_authenticator": system(),
    "asmo_cache": system(),
}


def declared() -> dict[str, Wall]:
    """Every table of the product with its declaration, by table name."""
    return dict(FOREIGN) | {model._meta.db_table: model.wall for model in _own_models()}  # type: ignore[attr-defined]  # noqa: SLF001


def undeclared() -> list[str]:
    """Tables of our own models that say nothing about their kind."""
    return sorted(model._meta.db_table for model in _all_own() if not isinstance(getattr(model, "wall", None), Wall))  # noqa: SLF001


def _all_own() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("asmo_support."):
            yield model


def _own_models() -> Iterator[type[Model]]:
    return (model for model in _all_own() if isinstance(getattr(model, "wall", None), Wall))
