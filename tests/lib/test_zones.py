"""Zones are said as people say them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from asmo_support.lib.zones import offset_said, zone_choices, zone_said

WINTER, SUMMER = datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "lang", "said"),
    [
        ("Asia/Novosibirsk", "ru", "Новосибирск, UTC+7"),
        ("Asia/Novosibirsk", "en", "Novosibirsk, UTC+7"),
        ("Europe/Moscow", "ru", "Москва, UTC+3"),
        ("Europe/Simferopol", "ru", "Симферополь, UTC+3"),
        ("Asia/Kolkata", "ru", "Калькутта, UTC+5:30"),
        ("Europe/Kyiv", "ru", "Киев, UTC+2"),
        ("US/Central", "ru", "Чикаго, UTC−6"),
        ("UTC", "ru", "UTC"),
        ("Etc/GMT+3", "ru", "UTC−3"),
    ],
)
def test_a_zone_is_said_by_its_city_and_its_offset(key, lang, said):
    assert zone_said(key, WINTER, lang) == said


def test_the_offset_is_that_of_the_moment():
    assert [offset_said(ZoneInfo("Europe/Vienna"), at) for at in (WINTER, SUMMER)] == ["UTC+1", "UTC+2"]


def test_russian_zones_come_first_from_west_to_east_and_no_label_is_a_name_for_programs():
    ours, others = zone_choices("ru", date(2026, 1, 15))

    assert (ours[0], ours[-1][1]) == (("Europe/Kaliningrad", "Калининград, UTC+2"), "Петропавловск-Камчатский, UTC+12")
    assert {"Europe/Moscow", "Europe/Simferopol", "Asia/Tomsk"} <= {key for key, _label in ours}
    assert ("Asia/Almaty", "Казахстан, Алматы, UTC+5") in others
    assert [label for _key, label in (*ours, *others) if "/" in label] == []
