"""Russian words are words to the index."""

from django.db import connection

from asmo_support.insight.lists import Filter, page
from tests.cast import ticket_of


def test_a_russian_word_has_trigrams(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_length(show_trgm('МЕТАН'), 1), lower('ОШИБКА Ё')")
        assert cursor.fetchone() == (6, "ошибка ё")


def test_words_find_a_subject_in_any_case(cast):
    ticket = ticket_of(cast.customer, subject="Итог по «Метану» удваивается")
    ticket_of(cast.customer, subject="Пустая печать")

    assert [one.ticket.number for one in page(cast.agent, Filter(state="all", words="МЕТАНУ")).rows] == [ticket.number]
