"""Tickets by words or by specialist, in the order of the list, as fast in a large table as in a small one.

A common word is found soon by walking along the list; a rare one by its letters, in the index `ticket_by_words`, and a
specialist who has few tickets by the assignments. PostgreSQL cannot know which it is: row policies hide the statistics
from it. So the first tickets of the list are looked through, and an index is asked only when they neither fill a page
nor are all there is.
"""

from typing import TypeVar

from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet
from django.db.models.expressions import RawSQL

LOOKED_THROUGH = 2_000
Row = TypeVar("Row", bound=Model)


def wanted(words: str) -> Q:
    """A number, or a subject in which every word occurs, in any case and any order."""
    number = words.strip().lstrip("№#").strip()
    if number.isdecimal() and len(number) < 19:
        return Q(number=int(number))
    found = Q()
    for word in words.split():
        found &= Q(subject__icontains=word)
    return found


def first(ordered: QuerySet[Row], wanted: Q, by_index: Q, size: int, through: int = LOOKED_THROUGH) -> QuerySet[Row]:
    """The first `size` tickets of an ordered list that are wanted; exactly what filtering all of it would give.

    `wanted` is asked of one row at a time, `by_index` says the same in a way that an index can answer.
    """
    fits = ExpressionWrapper(wanted, output_field=BooleanField())
    near, values = ordered.annotate(fits=fits).values_list("pk", "fits")[:through].query.sql_with_params()
    far, others = ordered.filter(by_index).values_list("pk")[:size].query.sql_with_params()
    # SQL of the ORM, its values apart.
    found = f"""
        WITH looked (id, fits) AS MATERIALIZED ({near}),
             hits AS MATERIALIZED (SELECT id FROM looked WHERE fits LIMIT {int(size)}),
             enough (so) AS MATERIALIZED (
                 SELECT (SELECT count(*) FROM hits) = {int(size)} OR (SELECT count(*) FROM looked) < {int(through)}
             )
        SELECT id FROM hits WHERE (SELECT so FROM enough)
        UNION ALL SELECT id FROM ({far}) AS far (id) WHERE NOT (SELECT so FROM enough)
    """  # noqa: S608
    return ordered.filter(pk__in=RawSQL(found, [*values, *others]))  # noqa: S611
