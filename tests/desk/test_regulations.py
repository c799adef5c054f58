"""The pages of regulations: written in hours as people say them, compared, published on a day, refused in words."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asmo_support.contracts.actions.keeping import add_contract
from asmo_support.sla.actions import regulations as deeds
from asmo_support.sla.models import Regulation, RegulationVersion
from asmo_support.sla.norms import Norms
from asmo_support.sla.regulations import CASES, matrix_of
from tests.matrix.deeds_desk import drafted

LIST = "/desk/regulations/"


@pytest.fixture
def own(db):
    return Regulation.objects.get(slug="default")


def body(**more):
    return drafted(None, None, "") | {name.replace("__", "-"): value for name, value in more.items()}


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def test_from_the_list_to_the_version_in_force(cast, sign_in, own):
    client = sign_in(cast.admin)
    first = timezone.localdate() + timedelta(days=7)
    assert "version 1 from 1 January 2000" in words(client.get(LIST))
    client.post(f"{LIST}{own.pk}/drafts/")
    client.post(f"{LIST}{own.pk}/draft/", body())
    answer = client.post(f"{LIST}{own.pk}/publication/", {"starts_on": f"{first}"})

    assert answer["Location"] == f"{LIST}{own.pk}/versions/2/"
    ends = own.versions.order_by("n").values_list("starts_on", "ends_on")
    assert [ends[0][1], ends[1]] == [first - timedelta(days=1), (first, None)]


@pytest.mark.parametrize(("text", "minutes"), [("2", 120), ("2:30", 150), ("8 ч", 480), ("90 мин", 90), ("", None)])
def test_hours_are_kept_in_minutes_as_they_were_meant(cast, sign_in, own, text, minutes):
    deeds.begin_draft(own, by=cast.admin)
    sign_in(cast.admin).post(f"{LIST}{own.pk}/draft/", body(bug__critical__standard__reaction=text))

    draft = RegulationVersion.objects.get(state="draft")
    assert matrix_of(draft)["bug", True, True] == Norms(minutes, 480)


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("bug-standard-reaction", {"bug__standard__reaction": "0"}),
        ("bug-standard-reaction", {"bug__standard__reaction": "-2"}),
        ("bug-standard-reaction", {"bug__standard__reaction": "1 30"}),
        ("bug-standard-reaction", {"bug__standard__reaction": "1667"}),
        ("bug-standard-update", {"bug__standard__update": "скоро"}),
        ("bug-standard-resolution", {"bug__standard__resolution": ""}),
        ("bug-standard-resolution", {"bug__standard__mode": "planned"}),
        ("bug-standard-mode", {"bug__standard__mode": "whenever"}),
        ("vulnerability_days", {"vulnerability_days": "0"}),
        ("calendar", {"calendar": "0"}),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_nothing_is_kept(cast, sign_in, own, field, more):
    before = matrix_of(deeds.begin_draft(own, by=cast.admin))
    answer = sign_in(cast.admin).post(f"{LIST}{own.pk}/draft/", body(**more))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert matrix_of(RegulationVersion.objects.get(state="draft")) == before


def test_every_line_can_be_a_planned_date_or_no_promise(cast, sign_in, own):
    deeds.begin_draft(own, by=cast.admin)
    more = {"change__standard__mode": "planned", "change__standard__resolution": "",
            "change__special__mode": "none", "change__special__resolution": ""}  # fmt: skip
    sign_in(cast.admin).post(f"{LIST}{own.pk}/draft/", body(**more))

    matrix = matrix_of(RegulationVersion.objects.get(state="draft"))
    assert matrix["change", False, True] == Norms(120, None, planned=True)
    assert matrix["change", False, False] == Norms(120, None)


def test_what_the_form_shows_sent_back_changes_nothing(cast, sign_in, own):
    draft, client = deeds.begin_draft(own, by=cast.admin), sign_in(cast.admin)
    form = client.get(f"{LIST}{own.pk}/draft/").context["form"]
    client.post(f"{LIST}{own.pk}/draft/", {name: form[name].value() or "" for name in form.fields})

    assert matrix_of(RegulationVersion.objects.get(pk=draft.pk)) == matrix_of(own.versions.get(n=1))


@pytest.mark.parametrize(
    ("starts_on", "says"), [("2026-01-01", "Today or later"), ("1999-01-01", "Check the year"), ("", "required")]
)
def test_a_day_that_rewrites_the_past_is_refused_in_words(cast, sign_in, own, starts_on, says):
    deeds.begin_draft(own, by=cast.admin)
    answer = sign_in(cast.admin).post(f"{LIST}{own.pk}/publication/", {"starts_on": starts_on})

    assert (answer.status_code, says in words(answer)) == (422, True)


def test_differences_are_marked_with_what_was_before(cast, sign_in, own):
    deeds.begin_draft(own, by=cast.admin)
    client = sign_in(cast.admin)
    client.post(f"{LIST}{own.pk}/draft/", body(bug__critical__standard__reaction="0:30"))
    page = client.get(f"{LIST}{own.pk}/versions/2/").content.decode()

    struck = [" ".join(one.split()) for one in re.findall(r"<del>(.*?)</del>", page, re.DOTALL)]
    assert struck[0].replace("\N{NO-BREAK SPACE}", " ") == "2 h"
    assert len(struck) == 6  # four planned dates became eight hours, and the vulnerability norm is longer


def test_it_is_said_what_a_request_registered_now_would_be_promised(cast, sign_in, own):
    page = sign_in(cast.admin).get(f"{LIST}{own.pk}/")

    assert [bool(line.reaction_at and line.resolution_at) for _name, line in page.context["lines"]] == [
        True, True, True, False, True, False, False, False,
    ]  # fmt: skip
    assert len(page.context["lines"]) == len(CASES)


def test_a_new_one_begins_as_a_draft_and_leaves_no_trace_when_it_is_thrown_away(cast, sign_in):
    client = sign_in(cast.admin)
    answer = client.post(f"{LIST}new/", {"name": "Круглосуточная поддержка"})
    one = Regulation.objects.exclude(slug="default").get()
    assert answer["Location"] == f"{LIST}{one.pk}/draft/"
    assert client.post(f"{LIST}{one.pk}/draft/removal/")["Location"] == LIST
    assert Regulation.objects.count() == 1


def test_a_version_that_begins_later_is_taken_back_and_one_in_force_is_not(cast, sign_in, own):
    client = sign_in(cast.admin)
    deeds.publish(deeds.begin_draft(own, by=cast.admin), timezone.localdate() + timedelta(days=1), by=cast.admin)
    assert client.post(f"{LIST}{own.pk}/versions/2/withdrawal/")["Location"] == f"{LIST}{own.pk}/draft/"
    refused = client.post(f"{LIST}{own.pk}/versions/1/withdrawal/", follow=True)
    assert "in force already" in words(refused)


def test_what_cannot_be_taken_back_is_not_offered_and_the_page_says_why(cast, sign_in, own):
    client, tomorrow = sign_in(cast.admin), timezone.localdate() + timedelta(days=1)
    deeds.publish(deeds.begin_draft(own, by=cast.admin), tomorrow, by=cast.admin)
    place = f"{LIST}{own.pk}/versions/2/"
    offered = [f"{place}withdrawal/" in client.get(place).content.decode()]
    draft = deeds.begin_draft(own, by=cast.admin)
    offered += [f"{place}withdrawal/" in client.get(place).content.decode()]
    deeds.publish(draft, tomorrow + timedelta(days=1), by=cast.admin)
    page = client.get(place)

    assert offered == [True, False]
    assert (f"{place}withdrawal/" in page.content.decode(), "A later version is published" in words(page)) == (
        False,
        True,
    )
    assert client.get(f"{place}withdrawal/")["Location"] == place


def test_the_list_takes_as_many_queries_with_three_as_with_one(cast, sign_in):
    client = sign_in(cast.admin)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(LIST)
        return len(seen)

    queries()
    one = queries()
    for name in ("Вторая", "Третья"):
        deeds.found(name, by=cast.admin)
    assert (queries(), one) == (one, 10)


def test_before_a_version_is_taken_back_its_contracts_are_named_and_what_serves_them_then(cast, sign_in, own):
    today, later = timezone.localdate(), timezone.localdate() + timedelta(days=30)
    draft = deeds.found("Особый", by=cast.admin)
    deeds.publish(draft, later, by=cast.admin)
    facts = {"number": "45-С", "kind": "support", "regulation": draft.regulation, "starts_on": later}
    add_contract(cast.home, facts, by=cast.operator)
    over = {"number": "7-Р", "kind": "support", "starts_on": today - timedelta(days=9), "ends_on": today}
    add_contract(cast.home, over, by=cast.operator)
    client, page = sign_in(cast.admin), f"{LIST}{draft.regulation_id}/versions/1/withdrawal/"
    asked = words(client.get(page))

    assert ("45-С" in asked, "7-Р" in asked) == (True, False)
    assert f"are served by “{own.name}”" in asked
    assert RegulationVersion.objects.filter(regulation=draft.regulation, state="published").exists()
    client.post(page)
    assert RegulationVersion.objects.filter(regulation=draft.regulation).get().state == "draft"


def seen_of(answer):
    return dict(re.findall(r'name="(n|seen)" value="([^"]*)"', answer.content.decode()))


def test_who_saves_second_keeps_the_words_and_is_told_who_was_first(cast, sign_in, own):
    client = sign_in(cast.admin)
    client.post(f"{LIST}{own.pk}/drafts/")
    opened = seen_of(client.get(f"{LIST}{own.pk}/draft/"))
    client.post(f"{LIST}{own.pk}/draft/", body(note="Первый.") | opened)
    second = client.post(f"{LIST}{own.pk}/draft/", body(note="Второй.") | opened)

    assert (second.status_code, own.versions.get(n=2).note) == (409, "Первый.")
    assert f"While you were writing, {cast.admin.name} has changed this draft" in words(second)
    assert "Второй." in second.content.decode()
    assert f'href="{LIST}{own.pk}/versions/2/"' in second.content.decode()
    again = client.post(f"{LIST}{own.pk}/draft/", body(note="Второй.") | seen_of(second))
    assert (again.status_code, own.versions.get(n=2).note) == (302, "Второй.")


def test_a_second_publication_says_that_it_is_published_already_with_a_link(cast, sign_in, own):
    client = sign_in(cast.admin)
    client.post(f"{LIST}{own.pk}/drafts/")
    opened = seen_of(client.get(f"{LIST}{own.pk}/publication/"))
    day = timezone.localdate() + timedelta(days=7)
    answers = [client.post(f"{LIST}{own.pk}/publication/", {"starts_on": f"{day}"} | opened) for _ in range(2)]
    reopened = client.get(f"{LIST}{own.pk}/publication/", follow=True)

    assert [one.status_code for one in answers] == [302, 409]
    assert f"Version 2 is published already and stays as it is: {cast.admin.name}" in words(answers[1])
    assert f'href="{LIST}{own.pk}/versions/2/"' in answers[1].content.decode()
    assert reopened.redirect_chain == [(f"{LIST}{own.pk}/versions/2/", 302)]
    assert "Version 2 is published already; here it is." in words(reopened)


def test_what_is_typed_into_a_draft_that_was_published_meanwhile_is_not_lost(cast, sign_in, own):
    client = sign_in(cast.admin)
    client.post(f"{LIST}{own.pk}/drafts/")
    opened = seen_of(client.get(f"{LIST}{own.pk}/draft/"))
    deeds.publish(own.versions.get(n=2), timezone.localdate() + timedelta(days=7), by=cast.admin)
    deeds.begin_draft(own, by=cast.admin)
    late = client.post(f"{LIST}{own.pk}/draft/", body(note="Опоздал.") | opened)

    assert (late.status_code, "Опоздал." in late.content.decode()) == (409, True)
    assert set(own.versions.values_list("note", flat=True)) == {""}


def test_a_reaction_longer_than_the_resolution_is_kept_with_a_warning(cast, sign_in, own):
    client = sign_in(cast.admin)
    client.post(f"{LIST}{own.pk}/drafts/")
    said = {"bug-standard-reaction": "9", "bug-standard-mode": "hours", "bug-standard-resolution": "8"}
    saved = client.post(f"{LIST}{own.pk}/draft/", body() | said, follow=True)

    assert "Somewhere the reaction norm is longer than the resolution norm: look again." in words(saved)
    assert words(saved).count("The reaction norm is longer than the resolution norm.") == 1
    assert "The reaction norm is longer" in words(client.get(f"{LIST}{own.pk}/publication/"))
