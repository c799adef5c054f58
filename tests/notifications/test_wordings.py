"""Texts of letters that people write: a strict little language, nothing sent broken, nothing of value lost."""

import pytest

from asmo_support.channels.models import Delivery
from asmo_support.journal import errands
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.notifications import wordings
from asmo_support.notifications.digest import Line, compose_digest
from asmo_support.notifications.forms import FORMS, LABELS, Texts, check_defaults
from asmo_support.notifications.models import Wording
from asmo_support.notifications.placeholders import Mistake, fill, parse
from asmo_support.notifications.previewing import preview
from asmo_support.people.actions import invitations
from asmo_support.people.models import User
from asmo_support.people.roles import Role
from asmo_support.tickets import events
from asmo_support.tickets.actions import lifecycle
from asmo_support.tickets.actions.conversation import Words
from tests.cast import ticket_of

NAMES = {"ticket.number", "planned.date", "specialists"}
PROPOSED = FORMS["customer-ticket.resolution-proposed"]


def write(cast, form=PROPOSED, seen=0, **texts):
    return wordings.write(form, "ru", Texts(**{"subject": "Проверьте", **texts}), by=cast.admin, seen=seen)


def proposed(cast, text="Готово."):
    ticket = ticket_of(cast.customer)
    lifecycle.propose_resolution(ticket, Words(text=text), by=cast.agent)
    errands.drain()
    return ticket, Delivery.objects.get(kind=events.PROPOSED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("№ {{ ticket.number }}", "№ 1042"),
        ("№ {{ticket.number}}{% if planned.date %}, {{ planned.date }}{% endif %}.", "№ 1042."),
        ("{%if specialists%}А {% if ticket.number %}Б{% endif %}{%endif%}", "А Б"),
        # A value is never read for tags.
        ("{{ specialists }}", "{{ ticket.number }}"),
        ("100 % и {скобки}", "100 % и {скобки}"),
    ],
)
def test_what_the_little_language_says(text, expected):
    values = {"ticket.number": "1042", "specialists": "{{ ticket.number }}"}

    assert fill(parse(text, NAMES), values) == expected


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("А\nБ {{ password }}", "unknown", 2),
        ("{{ ticket }}", "unknown", 1),
        ("{{ ticket.number.__class__ }}", "not-understood", 1),
        ("{{ ticket.number|safe }}", "not-understood", 1),
        ("{% include 'x' %}", "not-understood", 1),
        ("{% if specialists == 1 %}x{% endif %}", "not-understood", 1),
        ("\n\n{{ ticket.number", "not-understood", 3),
        ("{% if specialists %}x", "not-closed", 1),
        ("x\n{% endif %}", "not-opened", 2),
        ("{% if specialists %}" * 4 + "{% endif %}" * 4, "too-deep", 1),
    ],
)
def test_a_mistake_names_its_line(text, code, line):
    with pytest.raises(Mistake) as mistake:
        parse(text, NAMES)

    assert (mistake.value.code, mistake.value.line) == (code, line)
    assert "%" not in wordings.words_for(mistake.value).replace("{%", "").replace("%}", "")


def test_own_words_stand_around_the_facts_and_the_step_and_links_stay(cast):
    write(cast, subject="Слово за вами: {{ ticket.subject }}", greeting="Здравствуйте, {{ reader.name }}!",
          intro="Мы старались.", closing="Спасибо.", signature="Кама, отдел заботы")  # fmt: skip
    ticket, letter = proposed(cast)

    assert letter.subject == f"[№ {ticket.number}] Слово за вами: Не печатается форма 2-ТП"
    assert letter.text.splitlines()[0].startswith("Проверьте решение № 1 и ответьте.")
    for words in ("Здравствуйте, Марина Ковалёва!", "Мы старались.", "Спасибо.", "Кама, отдел заботы"):
        assert words in letter.text
        assert words in letter.html
    assert letter.text.count("/links/-/") == 2
    assert letter.html.count("/links/-/") == 2


@pytest.mark.case("EO-05")
def test_what_stands_in_a_name_and_in_a_text_is_escaped(cast):
    cast.customer.name = "<b onmouseover=x>"
    cast.customer.save()
    write(cast, intro="<script>alert(1)</script> {{ reader.name }}")
    _ticket, letter = proposed(cast)

    assert "<script" not in letter.html
    assert "<b onmouseover" not in letter.html
    assert "&lt;script&gt;" in letter.html


@pytest.mark.case("EO-02")
def test_a_subject_of_many_lines_stays_one(cast):
    write(cast, subject="Раз\nBcc: x@evil.example {{ reader.name }}")
    _ticket, letter = proposed(cast)

    assert "\n" not in letter.subject


def test_a_text_that_cannot_be_read_any_more_gives_way_to_ours(cast):
    Wording.objects.create(form=PROPOSED.code, language="ru", n=1, subject="{{ gone.name }}", by=cast.admin)
    ticket, letter = proposed(cast)

    assert letter.subject == f"[№ {ticket.number}] Проверьте решение: Не печатается форма 2-ТП"


def test_a_mistake_is_refused_with_its_field_and_nothing_is_kept(cast):
    with pytest.raises(Refused, match="Строка 2: имени «secret» здесь нет") as refused:
        write(cast, closing="Всё.\n{{ secret }}")

    assert refused.value.field == "closing"
    assert Wording.objects.count() == 0


def test_versions_stay_and_the_way_back_is_a_version_too(cast):
    write(cast, subject="Первая")
    write(cast, subject="Вторая", seen=1)
    wordings.go_back(PROPOSED, "ru", by=cast.lead)

    assert [(one.n, one.is_own, one.by) for one in wordings.versions(PROPOSED, "ru")] == [
        (3, False, cast.lead), (2, True, cast.admin), (1, True, cast.admin),
    ]  # fmt: skip
    assert wordings.texts_of(PROPOSED, "ru") == PROPOSED.default


def test_who_comes_second_is_told_so(cast):
    write(cast, subject="Первая")

    with pytest.raises(Conflict):
        write(cast, subject="Вторая")


def test_every_letter_of_ours_passes_its_own_rules_and_can_be_looked_at(db):
    check_defaults()
    for form in FORMS.values():
        for language in wordings.LANGUAGES:
            seen = preview(form, language, form.default, "/sheet.css")
            assert seen.text.splitlines()[0]
            assert "{{" not in seen.subject + seen.text + seen.html
    assert {form.kind for form in FORMS.values()} == set(LABELS)


def test_an_invitation_says_what_was_written_and_keeps_its_link_and_its_warning(cast):
    form = FORMS["customer-person.invited"]
    write(cast, form, greeting="Добрый день, {{ reader.name }}!", intro="Это портал поддержки.", signature="Ваш АСМО")
    newcomer = User.objects.create(email="new@home.example", name="Нина", role=Role.CONTACT, organization=cast.home)
    invitations.invite(newcomer, by=cast.operator)
    errands.drain()

    letter = Delivery.objects.get(address=newcomer.email)
    first, *_rest, last = [line for line in letter.text.splitlines() if line]
    assert (letter.subject, letter.secret, first, last) == ("Проверьте", True, "Добрый день, Нина!", "Ваш АСМО")
    assert "Это портал поддержки." in letter.text
    assert "/accounts/invitation/" in letter.text
    assert "без ссылки под вашим именем никто не войдёт" in letter.text


def test_the_list_of_deadlines_says_what_was_written_around_it(cast):
    write(cast, FORMS["desk-deadlines.listed"], subject="Сроки: {{ letter.step }}", closing="Дежурный: 1-23")
    letter = compose_digest(cast.lead, [Line(ticket_of(cast.customer), "resolution", 100)], "deadlines")

    assert letter.subject == "Сроки: У 1 обращения кончается время"
    assert "Дежурный: 1-23" in letter.text
    assert "Дежурный: 1-23" in letter.html
