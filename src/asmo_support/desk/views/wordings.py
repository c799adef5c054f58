"""The texts of letters: what stands around the facts, tried out beside, kept in versions."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _

from asmo_support.desk.forms.wordings import WordingForm
from asmo_support.lib.errors import Refused
from asmo_support.notifications import wordings
from asmo_support.notifications.forms import FIELDS, FORMS, SIDES, Form, Texts
from asmo_support.notifications.models import Wording
from asmo_support.notifications.previewing import Preview, preview
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn

NAMES = {"ru": "Русский", "en": "English"}


@guard(may=wordings.may_word_letters, methods=READ)
def index(request: SignedIn) -> HttpResponse:
    newest = wordings.newest()
    groups = [
        (label, [_row(one, newest) for one in FORMS.values() if one.side == side]) for side, label in SIDES.items()
    ]
    return render(request, "desk/wordings/index.html", {"groups": groups, "names": NAMES})


@guard(may=wordings.may_word_letters)
def wording(request: SignedIn, form: str, language: str) -> HttpResponse:
    """One page: write, look, save, go back; `do` is the button that was pressed."""
    letter = FORMS.get(form)
    if letter is None or language not in wordings.LANGUAGES:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "back":
        wordings.go_back(letter, language, by=request.user)
        messages.success(request, _("Letters say our own words again."))
        return redirect(request.path)
    kept = wordings.versions(letter, language)
    written = WordingForm(request.POST if request.method == "POST" else None, initial=_initial(request, letter, kept))
    tries = request.POST.get("do") == "preview"
    deed = _looked if tries else _saved
    done = attempt(written, lambda: deed(request, letter, language, written))
    if done and not tries:
        messages.success(request, _("Saved. Letters say so from now on."))
        return redirect(request.path)
    return _page(request, letter, language, written, kept)


def _saved(request: SignedIn, letter: Form, language: str, written: WordingForm) -> None:
    wordings.write(letter, language, written.texts(), by=request.user, seen=written.cleaned_data["seen"])


def _looked(request: SignedIn, letter: Form, language: str, written: WordingForm) -> None:
    wordings.check(letter, written.texts())


def _page(request: SignedIn, letter: Form, language: str, written: WordingForm, kept: list[Wording]) -> HttpResponse:
    context = {
        "letter": letter, "language": language, "names": NAMES, "form": written, "versions": kept,
        "looks": _look(letter, language, written), "words": letter.names, "side": SIDES[letter.side],
    }  # fmt: skip
    # What is only tried out is shown with its mistakes, and nothing has failed.
    status = 200 if request.POST.get("do") == "preview" else status_of(written)
    return render(request, "desk/wordings/wording.html", context, status=status)


def _look(letter: Form, language: str, written: WordingForm) -> Preview | None:
    """The letter with what is typed; nothing while there is a mistake in it."""
    bound = written.is_bound
    if bound and not written.is_valid():
        return None
    texts = written.texts() if bound else Texts(**{name: written.initial[name] for name in FIELDS})
    try:
        return preview(letter, language, texts, static("notifications/letter.css"))
    except Refused:
        return None


def _initial(request: SignedIn, letter: Form, kept: list[Wording]) -> dict[str, Any]:
    """The newest version, or the one that was asked for: saved, it becomes the newest."""
    asked = request.GET.get("version", "")
    row = next((one for one in kept if str(one.n) == asked), kept[0] if kept else None)
    return {**asdict(wordings.of(row) if row else letter.default), "seen": kept[0].n if kept else 0}


def _row(letter: Form, newest: dict[tuple[str, str], Wording]) -> tuple[Form, list[tuple[str, Wording | None]]]:
    return letter, [(language, newest.get((letter.code, language))) for language in wordings.LANGUAGES]
