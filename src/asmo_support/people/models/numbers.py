"""Phone numbers of whoever has any: the text as it was typed, and beside it what it is found by."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value

from asmo_support.lib.phones import keys

ONE = models.CharField(max_length=60)


class Numbers(models.Model):
    """E.164 of every number that was typed; one with an extension is also found together with it."""

    numbers = ArrayField(
        ONE, default=list, blank=True, editable=False, db_default=Value([], output_field=ArrayField(ONE))
    )

    class Meta:
        abstract = True


def kept(typed: str, options: dict[str, Any], field: str) -> list[str]:
    """The numbers of a text that is about to be saved; they are saved whenever the text is."""
    names = options.get("update_fields")
    if names is not None and field in names:
        options["update_fields"] = [*names, "numbers"]
    return keys(typed)
