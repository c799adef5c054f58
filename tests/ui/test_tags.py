"""What templates may say: people, fields, typed text."""

import pytest
from django import forms
from django.template import Context, engines
from django.utils import translation

from asmo_support.ui.templatetags.asmo import prose
from tests.ui.drawn import person


def render(source, **known):
    with translation.override("ru"):
        return engines["django"].from_string(source).template.render(Context(known))


class RequestForm(forms.Form):
    subject = forms.CharField(label="Тема", help_text="Коротко.")
    kind = forms.ChoiceField(
        label="Вид", choices=[("bug", "ошибка"), ("change", "доработка")], widget=forms.RadioSelect
    )
    critical = forms.BooleanField(label="Критическая", required=False)
    files = forms.FileField(label="Файлы", required=False)
    by = forms.CharField(label="К какому числу", required=False)


@pytest.mark.parametrize(
    ("who", "me", "css"),
    [
        (person("Анна Лебедева", staff=True), person("Анна Лебедева", staff=True), "av av--our av--me"),
        (person("Павел Орлов", staff=True, pk=2), person("Анна Лебедева", staff=True), "av av--our"),
        (person("Марина Ковалёва", pk=3), None, "av"),
        (None, None, "av av--none"),
    ],
)
def test_the_shape_of_a_person_tells_the_side(who, me, css):
    assert f'<span class="{css}"' in render('{% avatar who "" me %}', who=who, me=me)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Первый\nвторая строка\n\nДругой", "<p>Первый<br>вторая строка</p><p>Другой</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a & b", "<p>a &amp; b</p>"),
    ],
)
@pytest.mark.case("PW-01")
def test_typed_text_is_paragraphs_and_never_markup(typed, shown):
    assert prose(typed) == shown


@pytest.mark.parametrize("typed", ["javascript:alert(1)", 'https://x.ru/"onmouseover="alert(1)', "data:text/html,<b>"])
def test_typed_addresses_cannot_do_anything(typed):
    shown = prose(typed)

    assert 'href="javascript' not in shown
    assert '"onmouseover' not in shown
    assert "<b>" not in shown


def test_a_typed_address_becomes_a_link_that_tells_nobody():
    shown = prose("Смотрите https://example.ru/a?b=1&c=2.")

    assert 'href="https://example.ru/a?b=1&amp;c=2"' in shown
    assert 'rel="nofollow noopener noreferrer"' in shown


def test_a_field_ties_its_words_to_its_control():
    form = RequestForm({})
    shown = render("{% field form.subject %}", form=form)

    assert 'aria-describedby="id_subject_helptext id_subject_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_subject_helptext"' in shown
    assert 'id="id_subject_error"' in shown


def test_a_choice_is_cards_in_a_named_group():
    shown = render("{% field form.kind %}", form=RequestForm(initial={"kind": "change"}))

    assert shown.count('class="option"') == 2
    assert '<legend class="label">Вид</legend>' in shown
    assert 'value="change" id="id_kind_1" checked' in shown


def test_what_is_not_required_says_so():
    assert "необязательно" in render("{% field form.by %}", form=RequestForm())
    assert "необязательно" not in render("{% field form.subject %}", form=RequestForm())


def test_files_have_a_place_to_drop_them():
    assert 'class="drop"' in render("{% field form.files %}", form=RequestForm())
