"""What nobody has put in an order comes newest first: a list that only happens to be in the right order fails at once.

PostgreSQL promises no order without ORDER BY, and gives the oldest row first until a page of the table is used again.
"""

from typing import Any

from django.db.models.expressions import F, OrderBy
from django.db.models.sql import compiler

_OTHERS = (
    compiler.SQLInsertCompiler, compiler.SQLUpdateCompiler, compiler.SQLDeleteCompiler, compiler.SQLAggregateCompiler,
)  # fmt: skip


def turn_round() -> None:
    """From now on, in this process."""
    asked = compiler.SQLCompiler.get_order_by

    def get_order_by(self: compiler.SQLCompiler) -> Any:
        return asked(self) or ([] if _is_of_one_row(self) else _newest_first(self))

    compiler.SQLCompiler.get_order_by = get_order_by


def _is_of_one_row(self: compiler.SQLCompiler) -> bool:
    """Or of rows that are no rows of a table."""
    query = self.query
    is_made = bool(query.combinator or query.distinct or query.subquery or query.group_by is not None)
    counts = any(getattr(column[0], "contains_aggregate", False) for column in self.select)
    return isinstance(self, _OTHERS) or is_made or counts


def _newest_first(self: compiler.SQLCompiler) -> list[Any]:
    sql = f'"{self.query.get_initial_alias()}".ctid DESC'
    return [(OrderBy(F("pk")), (sql, (), False))]
