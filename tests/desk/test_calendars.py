"""The administrator's pages of working calendars: load, look, publish, go back, other hours."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from asmo_support.config import context
from asmo_support.sla import calendars
from asmo_support.sla.actions import calendars as deeds
from asmo_support.sla.models import CalendarDraft, CalendarVersion, WorkCalendar
from tests.cast import ticket_of
from tests.sla import samples

TEXT = "Перенести в 2028 году: с субботы 1 января на понедельник 13 марта"
HOURS = {"name": "Уральский филиал", "zone": "Asia/Yekaterinburg", "mon": "9:00–18:00", "tue": "9:00-13:00, 14:00-18:00",
         "production": "on", "shortening": "60", "days": "30.08.2027\n04.09.2027 10:00–14:00"}  # fmt: skip


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.admin)


@pytest.fixture
def home(db):
    return f"/desk/calendars/{WorkCalendar.objects.get().pk}/"


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_a_year_goes_from_a_pasted_text_into_force(client, home):
    loaded = client.post(home + "loading/", {"year": 2028, "text": TEXT, "title": "Постановление № 900"}, follow=True)
    assert loaded.redirect_chain == [(home + "draft/", 302)]
    assert "All 2 weekdays in the text fit the year." in text_of(loaded)
    assert re.search(r'<td class="is-off was-work">\s*13</td>', loaded.content.decode())
    published = client.post(home + "draft/", {"source": "pravo.gov.ru", "note": "Проверено"}, follow=True)

    assert published.redirect_chain == [(home, 302)]
    assert "Постановление № 900" in text_of(published)
    assert next((one.n, one.source, one.note) for one in calendars.versions(WorkCalendar.objects.get())) == (
        2, "pravo.gov.ru", "Проверено",
    )  # fmt: skip


def errors_of(answer):
    with translation.override("en"):
        return {name: " ".join(map(str, errors)) for name, errors in answer.context["form"].errors.items()}


@pytest.mark.parametrize("form", [samples.xml, samples.months_json, samples.table, samples.contribution])
def test_a_year_comes_as_a_file(client, home, form):
    file = SimpleUploadedFile("год.txt", form(2027).encode())
    answer = client.post(home + "loading/", {"year": 2027, "text": "", "file": file, "title": ""})

    assert (answer.status_code, answer.url) == (302, home + "draft/")
    assert calendars.loaded_year(CalendarDraft.objects.get()).working_days == 247


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"text": TEXT.replace("субботы", "воскресенья")}, "text", "Line 1. “воскресенья” does not fit: 01.01.2028"),
        ({"text": samples.digits(2026)}, "text", "Line 1. There are 365 digits, but 2028 has 366 days."),
        ({"text": ""}, "text", "Paste a text or choose a file"),
        ({"year": "3000"}, "year", "2199"),
        (
            {"text": "", "file": SimpleUploadedFile("a.xml", b"<!DOCTYPE a><calendar/>")},
            "file",
            "Line 1. The file declares",
        ),
    ],
)
def test_a_broken_source_is_refused_in_its_field_and_leaves_nothing(client, home, said, field, words):
    answer = client.post(home + "loading/", {"year": 2028, "text": TEXT, "title": ""} | said)

    assert answer.status_code == 422
    assert {name: words in said for name, said in errors_of(answer).items()} == {field: True}
    assert CalendarDraft.objects.count() == 0


def test_a_year_with_mistakes_is_shown_and_cannot_be_published(client, home):
    answer = client.post(home + "loading/", {"year": 2027, "text": samples.digits(2026), "title": "—"}, follow=True)

    assert "These are the days of another year" in text_of(answer)
    assert 'name="source"' not in answer.content.decode()
    assert client.post(home + "draft/", {"source": "isdayoff.ru"}).status_code == 422
    assert CalendarVersion.objects.count() == 1


def test_the_page_names_the_tickets_whose_deadlines_would_move(client, home, cast):
    ticket = ticket_of(cast.customer)
    week = dict.fromkeys(("mon", "wed", "thu", "fri"), "8:45–17:00") | {"tue": ""}
    said = {"name": "Служба", "zone": "Europe/Moscow", "production": "on", "shortening": "60", "days": ""} | week
    answer = client.post(home + "hours/", said, follow=True)

    assert answer.context["foreseen"].count == 2
    assert f"/desk/tickets/{ticket.number}/" in answer.content.decode()
    assert "17 Nov 2026, 12:00 → 18 Nov 2026, 10:45" in text_of(answer)


def test_an_earlier_version_is_read_and_comes_back(client, home):
    client.post(home + "loading/", {"year": 2028, "text": TEXT, "title": "№ 900"})
    client.post(home + "draft/", {"source": "pravo.gov.ru"})
    earlier = client.get(home + "versions/1/?year=2028")
    back = client.post(home + "versions/1/rollback/", follow=True)
    client.post(home + "draft/", {"source": "Ошибка"})

    assert earlier.context["sheet"].provisional
    assert back.redirect_chain == [(home + "draft/", 302)]
    assert calendars.in_force().year(2028).is_provisional
    assert CalendarVersion.objects.count() == 3
    assert "Nothing is different" in text_of(client.post(home + "versions/3/rollback/", follow=True))


def test_a_calendar_of_its_own_is_made_shown_and_changed(client):
    made = client.post("/desk/calendars/new/", HOURS, follow=True)
    row = WorkCalendar.objects.get(name="Уральский филиал")
    shown = text_of(made)
    form = client.get(f"/desk/calendars/{row.pk}/hours/").context["form"]

    assert (
        "Mon 9:00–18:00 Tue 9:00–13:00, 14:00–18:00 Wed–Sun nobody works" in shown,
        "Yekaterinburg, UTC+5" in shown,
    ) == (True, True)
    assert "30 Aug 2027 nobody works 4 Sep 2027 10:00–14:00" in shown
    again = {name: form.initial.get(name, "") for name in form.fields} | {"production": "on"}
    assert client.post(f"/desk/calendars/{row.pk}/hours/", again).status_code == 422
    client.post(f"/desk/calendars/{row.pk}/hours/", again | {"name": "Пермь"})
    row.refresh_from_db()
    assert (row.name, CalendarDraft.objects.count()) == ("Пермь", 0)


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"mon": "9–"}, "mon", "“9–” is not a time from and to"),
        ({"mon": "18:00–9:00"}, "mon", "“18:00–9:00” ends before it begins."),
        ({"mon": "9:00–13:00, 12:00–18:00"}, "mon", "The hours overlap at 12:00."),
        ({"mon": "", "tue": ""}, "mon", "The week has no working hours"),
        ({"days": "30.08.2027\n31.02.2027"}, "days", "Line 2. There is no day “31.2” in 2027."),
        ({"days": "30.08.2027\n29.08.2027–31.08.2027"}, "days", "Line 2. 30.08.2027 is there twice."),
        ({"days": "01.06.2027–01.07.2029"}, "days", "longer than 366 days"),
        ({"days": "завтра"}, "days", "Line 1. “завтра” is not a day"),
        ({"shortening": "-5"}, "shortening", "greater than or equal to 0"),
        ({"zone": "Mars/Olympus"}, "zone", "valid choice"),
        ({"name": ""}, "name", "required"),
    ],
)
def test_hours_that_cannot_be_are_refused_in_their_field(client, said, field, words):
    answer = client.post("/desk/calendars/new/", HOURS | said)

    assert answer.status_code == 422
    assert {name: words in said for name, said in errors_of(answer).items()} == {field: True}
    assert WorkCalendar.objects.count() == 1


def test_a_draft_of_an_outdated_version_says_so_and_is_thrown_away(client, home):
    client.post(home + "loading/", {"year": 2028, "text": TEXT, "title": ""})
    CalendarDraft.objects.update(base=0)
    stale = client.get(home + "draft/")
    client.post(home + "draft/dropping/")

    assert "Another version was published meanwhile" in text_of(stale)
    assert client.get(home + "draft/").status_code == 302
    assert client.post(home + "draft/", {"source": "x"}).status_code == 409


def test_the_pages_cost_the_same_however_many_calendars_and_versions_there_are(client, home):
    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    before = [cost("/desk/calendars/"), cost(home)]
    for number in range(3):
        client.post("/desk/calendars/new/", HOURS | {"name": f"Филиал {number}"})
        client.post(home + "hours/", HOURS | {"shortening": str(30 + number)})
        client.post(home + "draft/", {"source": "Приказ"})

    assert [cost("/desk/calendars/"), cost(home)] == before


@pytest.mark.parametrize(("today", "asked"), [(date(2027, 12, 1), 2028), (date(2027, 11, 30), None)])
def test_from_december_the_administrator_is_asked_for_the_next_year_on_every_page(db, today, asked):
    wanted = context._wanted_year(today)
    page = render_to_string("ui/components/_demo.html", {"wanted_year": wanted})

    assert wanted == asked
    assert ("/desk/calendars/" in page, "2028" in page) == (bool(asked), bool(asked))


def test_only_the_administrator_is_asked_and_only_when_something_is_missing(client, cast, sign_in):
    assert client.get("/desk/calendars/").context["wanted_year"] == context._wanted_year(timezone.localdate())
    assert "wanted_year" not in sign_in(cast.lead).get("/desk/").context


def test_a_draft_that_was_changed_meanwhile_is_not_published_unseen(cast, sign_in):
    row, client = WorkCalendar.objects.get(slug="default"), sign_in(cast.admin)
    deeds.change_hours(row, {"days": {"2026-12-01": []}}, by=cast.admin)
    seen = client.get(f"/desk/calendars/{row.pk}/draft/").context["draft"].mark
    deeds.change_hours(row, {"days": {"2026-12-02": []}}, by=cast.lead)
    answer = client.post(f"/desk/calendars/{row.pk}/draft/", {"source": "Приказ", "seen": seen})

    row.refresh_from_db()
    assert (answer.status_code, row.current) == (409, 1)


def test_the_next_year_can_be_loaded_when_every_shown_one_has_a_decree(cast, sign_in):
    row, today = WorkCalendar.objects.get(slug="default"), timezone.localdate()
    version = row.versions.get()
    version.content["years"][str(today.year + 2)] = {"title": "Постановление", "moves": []}
    version.save()

    page = sign_in(cast.admin).get(f"/desk/calendars/{row.pk}/loading/")

    assert (page.status_code, page.context["form"].initial["year"]) == (200, today.year + 3)


def test_zones_are_said_as_people_say_them_on_every_page_of_calendars(client, home, cast):
    deeds.open_calendar("Урал", {**CalendarVersion.objects.get().content, "zone": "Asia/Yekaterinburg"}, by=cast.admin)
    pk = WorkCalendar.objects.get(name="Урал").pk
    client.post(f"/desk/calendars/{pk}/hours/", HOURS | {"name": "Урал", "zone": "Asia/Omsk"})
    pages = [f"/desk/calendars/{rest}" for rest in ("", f"{pk}/", f"{pk}/draft/", f"{pk}/hours/", "new/")]
    said = [client.get(page).content.decode() for page in pages]

    assert [re.findall(r">[^<]*(?:Asia|Europe)/[^<]*<", page) for page in said] == [[]] * 5
    assert "Yekaterinburg, UTC+5" in said[1]
    assert [said[2].count(name) for name in ("Yekaterinburg, UTC+5", "Omsk, UTC+6")] == [1, 1]
    assert said[4].index("Russia") < said[4].index("Kaliningrad, UTC+2") < said[4].index("Moscow, UTC+3")


def test_a_zone_under_an_older_name_is_kept(client, cast):
    row = deeds.open_calendar("США", {**CalendarVersion.objects.get().content, "zone": "US/Central"}, by=cast.admin)
    answer = client.post(f"/desk/calendars/{row.pk}/hours/", HOURS | {"name": "США", "zone": "US/Central"})

    assert answer.status_code == 302


def seen_of(answer):
    """How the calendar stood when the page was opened; on the page of a draft the form that throws it away is first."""
    return re.findall('name="seen" value="([^"]*)"', answer.content.decode())[0]


def test_nobodys_draft_is_replaced_unseen(client, home, cast):
    opened = {page: seen_of(client.get(home + page)) for page in ("hours/", "loading/")}
    deeds.change_hours(WorkCalendar.objects.get(), {"shortening": 30}, by=cast.lead)
    said = {
        "hours/": HOURS | {"name": "Служба", "zone": "Europe/Moscow"},
        "loading/": {"year": 2028, "text": TEXT, "title": ""},
    }
    answers = {page: client.post(home + page, said[page] | {"seen": seen}) for page, seen in opened.items()}

    assert [one.status_code for one in answers.values()] == [409, 409]
    assert f"Meanwhile {cast.lead.name} has prepared a draft of this calendar" in text_of(answers["hours/"])
    assert "9:00-13:00, 14:00-18:00" in answers["hours/"].content.decode()
    assert CalendarDraft.objects.get().author == cast.lead
    again = client.post(home + "loading/", said["loading/"] | {"seen": seen_of(answers["loading/"])})
    assert (again.status_code, CalendarDraft.objects.get().author) == (302, cast.admin)


def test_a_draft_that_changed_is_not_thrown_away_unseen_and_an_old_version_does_not_replace_it(client, home, cast):
    row = WorkCalendar.objects.get()
    deeds.change_hours(row, {"shortening": 30}, by=cast.admin)
    client.post(home + "draft/", {"source": "Приказ"})
    deeds.change_hours(row, {"shortening": 45}, by=cast.admin)
    dropping, back = seen_of(client.get(home + "draft/")), seen_of(client.get(home + "versions/1/"))
    deeds.change_hours(row, {"shortening": 50}, by=cast.lead)
    for page, seen in (("draft/dropping/", dropping), ("versions/1/rollback/", back)):
        answer = client.post(home + page, {"seen": seen}, follow=True)
        assert f"Meanwhile {cast.lead.name} has prepared a draft" in text_of(answer)

    assert CalendarDraft.objects.get().content["shortening"] == 50
    client.post(home + "draft/dropping/", {"seen": seen_of(client.get(home + "draft/"))})
    assert not CalendarDraft.objects.exists()


def test_a_second_publication_says_that_it_is_published_already_with_a_link(client, home, cast):
    deeds.change_hours(WorkCalendar.objects.get(), {"shortening": 30}, by=cast.admin)
    page = client.get(home + "draft/")
    said = {"source": "Приказ № 7", "seen": page.context["draft"].mark, "base": page.context["draft"].base}
    answers = [client.post(home + "draft/", said) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 409]
    assert f"Version 2 is published already: {cast.admin.name}" in text_of(answers[1])
    assert "Приказ № 7" in text_of(answers[1])
    assert f'href="{home}versions/2/"' in answers[1].content.decode()


def test_a_draft_that_was_thrown_away_is_not_said_to_be_published(client, home, cast):
    deeds.change_hours(WorkCalendar.objects.get(), {"shortening": 30}, by=cast.admin)
    page = client.get(home + "draft/")
    client.post(home + "draft/dropping/")
    late = client.post(home + "draft/", {"source": "Приказ", "base": page.context["draft"].base})

    assert (late.status_code, "the draft was thrown away" in text_of(late)) == (409, True)


def test_a_name_that_is_taken_is_refused_in_its_field(client):
    client.post("/desk/calendars/new/", HOURS)
    again = client.post("/desk/calendars/new/", HOURS)

    assert (again.status_code, errors_of(again)) == (422, {"name": "There is a calendar with this name already."})
    assert "9:00-13:00, 14:00-18:00" in again.content.decode()


def test_publishing_stands_before_the_list_of_deadlines(client, home, cast):
    for _ in range(3):
        ticket_of(cast.customer)
    week = dict.fromkeys(("mon", "wed", "thu", "fri"), "8:45–17:00") | {"tue": ""}
    said = {"name": "Служба", "zone": "Europe/Moscow", "production": "on", "shortening": "60", "days": ""} | week
    page = client.post(home + "hours/", said, follow=True).content.decode()

    assert page.index('id="publish"') < page.index('id="moving"')
    assert page.count('href="#publish"') == 2
