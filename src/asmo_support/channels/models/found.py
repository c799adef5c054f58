"""By what a letter is found: its address, name, subject and Message-ID in one indexed line of capitals."""

from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Upper


def found_by(*names: str) -> models.GeneratedField:
    """A column that the database keeps: those fields with blanks between them."""
    parts = [part for name in names for part in (name, Value(" "))]
    return models.GeneratedField(
        expression=Upper(Concat(*parts[:-1])), output_field=models.TextField(), db_persist=True
    )
