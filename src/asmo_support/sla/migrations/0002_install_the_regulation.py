"""The vendor's own calendar and regulation, in force from the beginning."""

from django.db import migrations

HOURS = [["08:45", "17:00"]]
YEARS = {
    "2023": ("Постановление № 1505 от 29.08.2022", "01-01→02-24", "01-08→05-08"),
    "2024": ("Постановление № 1314 от 10.08.2023", "01-06→05-10", "01-07→12-31", "04-27→04-29", "11-02→04-30",
             "12-28→12-30"),
    "2025": ("Постановление № 1335 от 04.10.2024", "01-04→05-02", "01-05→12-31", "02-23→05-08", "03-08→06-13",
             "11-01→11-03"),
    "2026": ("Постановление № 1466 от 24.09.2025", "01-03→01-09", "01-04→12-31"),
    "2027": ("Постановление о переносе выходных дней в 2027 году", "01-02→11-05", "01-03→12-31", "02-20→02-22"),
}  # fmt: skip
NORMS = (
    ("bug", True, True, 480), ("bug", True, False, 480), ("bug", False, True, 480), ("bug", False, False, None),
    ("consultation", False, True, 480), ("consultation", False, False, None),
    ("change", False, True, None), ("change", False, False, None),
)  # fmt: skip


def content():
    years = {
        year: {"title": title, "moves": [[f"{year}-{day}" for day in move.split("→")] for move in moves]}
        for year, (title, *moves) in YEARS.items()
    }
    week = {day: HOURS for day in ("mon", "tue", "wed", "thu", "fri")}
    return {"zone": "Europe/Moscow", "week": week, "production": True, "shortening": 60, "years": years, "days": {}}


def install(apps, schema_editor):
    calendar = apps.get_model("sla", "WorkCalendar").objects.create(
        slug="default", name="Служба поддержки, 8:45–17:00 по Москве"
    )
    apps.get_model("sla", "CalendarVersion").objects.create(
        calendar=calendar, n=1, content=content(), source="Поставлено вместе с программой"
    )
    regulation = apps.get_model("sla", "Regulation").objects.create(
        slug="default", name="Регламент технической поддержки"
    )
    version = apps.get_model("sla", "RegulationVersion").objects.create(
        regulation=regulation, n=1, state="published", starts_on="2000-01-01", published_at="2000-01-01T00:00:00Z",
        calendar=calendar,
    )  # fmt: skip
    for kind, critical, standard, minutes in NORMS:
        apps.get_model("sla", "Norm").objects.create(
            version=version, kind=kind, critical=critical, standard=standard, reaction_minutes=120,
            resolution_minutes=minutes, planned=minutes is None,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("sla", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
