"""Every part in every state: readable in both themes, nothing spills over a phone, no barrier axe knows."""

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms

from asmo_support.config import home
from asmo_support.ui import words
from asmo_support.ui.workday import workday
from tests.ui.drawn import person, reading

pytestmark = pytest.mark.browser
GALLERY = Path(__file__).with_name("gallery.html")


class PartsForm(forms.Form):
    subject = forms.CharField(label="Тема", initial="Не печатается форма")
    reason = forms.CharField(label="Причина возврата", widget=forms.Textarea(attrs={"rows": 2}), help_text="Кратко.")
    where = forms.ChoiceField(label="Где", choices=[("air", "Экология, «Воздух»")])
    kind = forms.ChoiceField(
        label="Что это?", choices=[("a", "Ошибка"), ("b", "Вопрос"), ("c", "Доработка")], widget=forms.RadioSelect
    )
    critical = forms.BooleanField(label="Работать нельзя", required=False)
    files = forms.FileField(label="Файлы", required=False)


def parts():
    met = reading(None, "reaction", "met")
    pairs = [
        {"reaction": reading(85, "reaction"), "resolution": reading(445)},
        {"reaction": met, "resolution": reading(320)},
        {"reaction": met, "resolution": reading(25)},
        {"reaction": reading(None, "reaction", "met", late=True), "resolution": reading(-70, late=True)},
        {"reaction": met, "resolution": reading(255, state="paused")},
    ]
    return {
        "looks": ["mine", "our", "theirs", "you", "done"],
        "pairs": pairs,
        "clocks": [one["resolution"] for one in pairs],
        "nothing": {},
        "planned": SimpleNamespace(planned_at=date(2026, 11, 27), planned_agreed=True),
        "tickets": [
            SimpleNamespace(priority=n, get_priority_display=lambda n=n: f"приоритет {n}") for n in (4, 3, 2, 1)
        ],
        "me": person("Анна Лебедева", staff=True),
        "colleague": person("Павел Орлов", staff=True, pk=2),
        "customer": person("Марина Ковалёва", pk=3),
        "form": PartsForm({"subject": "Не печатается форма", "kind": "a", "where": "air"}),
        "typed": "Не печатается форма 2-ТП за квартал.\nСмотрите https://example.ru/forma",
        "size": 184 * 1024,
        "day": workday(datetime(2026, 11, 20, 14, 20, tzinfo=words.MOSCOW), ((31_500, 61_200),), "ru"),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("body", ["", "portal"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_parts_are_readable_and_fit(stage, theme, body, width):
    template = GALLERY.read_text(encoding="utf-8")
    stage.show(template + "{% endblock %}{% block body-class %}" + body, theme=theme, **parts())
    stage.context.set_default_timeout(8000)
    page = stage.open()
    page.set_viewport_size({"width": width, "height": 900})
    shots = home.home() / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=shots / f"parts-{body or 'desk'}-{width}-{theme}.png", full_page=True)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    stage.refused, found = [], Axe().run(page).response["violations"]
    stage.refused = []
    barriers = {one["id"]: one["nodes"][0]["html"] for one in found if one["impact"] in {"serious", "critical"}}
    assert barriers == {}
