"""Rows that change hands when two customers, or two people, turn out to be one.

Each room names its own tables through these functions (`<room>/merging.py`); the tables are found by what they are,
so that a new one cannot be forgotten. All of it happens in one transaction: keys that carry the organization are
checked at its end.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model, UniqueConstraint

from asmo_support.wall.declare import Wall

Moved = dict[str, int]


def tenants(room: str) -> list[type[Model]]:
    """The tables of a room whose rows belong to an organization named in a column of its own."""
    return [model for model in _models(room) if _wall(model).kind == "tenant" and _wall(model).own == "organization_id"]


def naming(room: str, label: str) -> Iterator[tuple[type[Model], str]]:
    """Every column of a room that names a row of another table (`people.user`), the foreign keys themselves."""
    for model in _models(room):
        for field in model._meta.get_fields():  # noqa: SLF001
            if isinstance(field, ForeignKey) and field.remote_field.model._meta.label_lower == label:  # noqa: SLF001
                yield model, field.attname


def move_organization(room: str, old: int, new: int) -> Moved:
    """Give all rows of a room from one organization to another."""
    moved: Moved = {}
    for model in tenants(room):
        moved |= move(model, "organization_id", old, new)
    return moved


def move_person(room: str, old: int, new: int, *, kept: frozenset[str] = frozenset()) -> Moved:
    """Put another person into every column of a room that names one, but for those that are `kept` as they were."""
    moved: Moved = {}
    for model, column in naming(room, "people.user"):
        if f"{model._meta.db_table}.{column}" not in kept:  # noqa: SLF001
            moved |= move(model, column, old, new)
    return moved


def move(model: type[Model], column: str, old: int, new: int) -> Moved:
    """Write the new owner into every row of the old one; what the new one has already is not kept twice."""
    rows = model._base_manager.filter(**{column: old})  # noqa: SLF001
    for others in _unique_with(model, column):
        _drop_doubles(model, column, others, old, new)
    count = rows.update(**{column: new})
    return {f"{model._meta.db_table}.{column}": count} if count else {}  # noqa: SLF001


def clashes(model: type[Model], columns: tuple[str, ...], old: int, new: int) -> list[tuple[object, ...]]:
    """The values that both organizations use where only one row may have them."""
    mine = model._base_manager.filter(organization_id=old).values_list(*columns)  # noqa: SLF001
    theirs = set(model._base_manager.filter(organization_id=new).values_list(*columns))  # noqa: SLF001
    return sorted({row for row in mine if row in theirs}, key=str)


def uniques(model: type[Model]) -> list[tuple[str, ...]]:
    """What may be there once for each organization, by the other columns."""
    return list(_unique_with(model, "organization_id"))


def _unique_with(model: type[Model], column: str) -> Iterator[tuple[str, ...]]:
    for one in model._meta.constraints:  # noqa: SLF001
        if not isinstance(one, UniqueConstraint) or one.condition is not None:
            continue
        names = tuple(model._meta.get_field(name).attname for name in one.fields)  # type: ignore[union-attr]  # noqa: SLF001
        if column in names and "id" not in names:
            yield tuple(name for name in names if name != column)


def _drop_doubles(model: type[Model], column: str, others: tuple[str, ...], old: int, new: int) -> None:
    if column == "organization_id":
        # Two customers' rows are never thrown away: the room has refused before it came to this.
        return
    table, quote = model._meta.db_table, connection.ops.quote_name  # noqa: SLF001
    same = " AND ".join(f"mine.{quote(name)} = theirs.{quote(name)}" for name in others) or "true"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {quote(table)} mine USING {quote(table)} theirs"  # noqa: S608 - names from the models
            f" WHERE mine.{quote(column)} = %s AND theirs.{quote(column)} = %s AND {same}",
            [old, new],
        )


def _models(room: str) -> Iterator[type[Model]]:
    return (model for model in apps.get_app_config(room).get_models() if isinstance(getattr(model, "wall", None), Wall))


def _wall(model: type[Model]) -> Wall:
    return model.wall  # type: ignore[attr-defined,no-any-return]
