"""Counters beside the places of a page: any number of them in one statement, none counted further than 100."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from asmo_support.insight.lists import MANY, Filter, chosen
from asmo_support.people.models import User


def counters(user: User, asked: Sequence[Filter], others: Sequence[QuerySet[Any]] = ()) -> list[int]:
    """How many rows each filter, and then each of the other sets, has; 100 stands for more than 99."""
    parts: list[str] = []
    values: list[Any] = []
    for rows in [*(chosen(user, one) for one in asked), *others]:
        query, parameters = rows.order_by().values("pk")[: MANY + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({query}) AS counted)")  # noqa: S608 - SQL of the ORM, values apart
        values.extend(parameters)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        return list(cursor.fetchone() or ())
