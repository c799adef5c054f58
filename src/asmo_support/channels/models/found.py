"""Columns the database makes of others, so that lists find rows by them."""

from typing import Any

from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Concat, Left, Upper

LONGEST_CAUSE = 200
# Addresses, hosts, network addresses, numbers of a queue and long numbers; codes such as 5.1.1 stay.
MARKS = (
    r"<[^<>]*>|[^\s<>()]+@[^\s<>(),;:]+",
    r"\m[\w-]+(\.[\w-]+)*\.[[:alpha:]]{2,}\M\S*",
    r"\m\d{1,3}(\.\d{1,3}){3}\M",
    r"(?=[\w-]*\d)[\w-]{7,}",
    r"\m\d{4,}\M",
    r"\s+",
)


def found_by(*names: str) -> models.GeneratedField:
    """A column that the database keeps: those fields with blanks between them."""
    parts = [part for name in names for part in (name, Value(" "))]
    return models.GeneratedField(
        expression=Upper(Concat(*parts[:-1])), output_field=models.TextField(), db_persist=True
    )


def without_marks(name: str) -> models.GeneratedField:
    """A column that the database keeps: what a mail server said, without what is different in each letter, so that
    letters that were stopped for one reason have one cause.
    """
    said: Any = name
    for pattern in MARKS:
        mark = " " if pattern == r"\s+" else "…"
        said = Func(said, Value(pattern), Value(mark), Value("g"), function="regexp_replace")
    return models.GeneratedField(
        expression=Left(said, LONGEST_CAUSE), output_field=models.CharField(max_length=LONGEST_CAUSE), db_persist=True
    )
