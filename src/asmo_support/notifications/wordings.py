"""The texts of letters as they hold now: what the administrator wrote, or our own. Kept in versions."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asmo_support.journal.recording import record
from asmo_support.lib.errors import Conflict, Refused
from asmo_support.lib.text import clean
from asmo_support.lib.verdict import YES, Verdict, no
from asmo_support.notifications.forms import FIELDS, FORMS, Form, Texts
from asmo_support.notifications.models import Wording
from asmo_support.notifications.placeholders import Mistake, fill, parse
from asmo_support.people.models import User
from asmo_support.people.roles import Role

LANGUAGES = ("ru", "en")
LONGEST = {"subject": 200, "greeting": 300, "intro": 2000, "closing": 2000, "signature": 300}
MISTAKES = {
    "unknown": gettext_lazy("Line %(line)s: there is no name “%(piece)s” here. Take one from the list."),
    "not-understood": gettext_lazy("Line %(line)s: “%(piece)s” is not understood. Names stand as {{ ticket.number }}."),
    "not-closed": gettext_lazy("Line %(line)s: “%(piece)s” has no {%% endif %%}."),
    "not-opened": gettext_lazy("Line %(line)s: “%(piece)s” has no {%% if … %%} before it."),
    "too-deep": gettext_lazy("Line %(line)s: “%(piece)s” stands too deep in others: three are enough."),
}


def may_word_letters(user: User) -> Verdict:
    if user.role in {Role.LEAD, Role.ADMIN}:
        return YES
    return no(_("The texts of letters are kept by leads and administrators."))


def filled(form: Form, language: str, values: Mapping[str, str]) -> Texts:
    """The texts of a letter with their values. What cannot be read any more gives way to our own words."""
    own = texts_of(form, language)
    try:
        return fill_in(form, own, values)
    except Mistake:
        return fill_in(form, form.default, values)


def fill_in(form: Form, texts: Texts, values: Mapping[str, str]) -> Texts:
    """Raises Mistake. A letter without a subject does not leave: ours stands in for it."""
    said = {name: fill(parse(getattr(texts, name), form.names), values).strip() for name in FIELDS}
    said["subject"] = said["subject"] or fill(parse(form.default.subject, form.names), values)
    return Texts(**said)


def texts_of(form: Form, language: str) -> Texts:
    """As they hold now, with their names."""
    row = Wording.objects.filter(form=form.code, language=language).order_by("-n").first()
    return of(row) if row and row.is_own else form.default


def of(row: Wording) -> Texts:
    """The texts of a version; of one that went back, our own."""
    return Texts(**{name: getattr(row, name) for name in FIELDS}) if row.is_own else FORMS[row.form].default


def versions(form: Form, language: str) -> list[Wording]:
    """The newest first."""
    return list(Wording.objects.filter(form=form.code, language=language).select_related("by").order_by("-n"))


def newest() -> dict[tuple[str, str], Wording]:
    """What holds of each letter and language, where somebody ever wrote something: one statement."""
    rows = Wording.objects.select_related("by").order_by("form", "language", "-n").distinct("form", "language")
    return {(row.form, row.language): row for row in rows}


def write(form: Form, language: str, texts: Texts, *, by: User, seen: int) -> Wording:
    """Letters of this kind say so from now on. Refused with the field and the line when a text has a mistake;
    Conflict when somebody has written another version than the one that was `seen`.
    """  # fmt: skip
    checked = check(form, texts)
    late = Conflict(
        _("Somebody else has changed these texts meanwhile: compare with the newest version and save again.")
    )
    if seen != last_of(form, language):
        raise late
    try:
        return _add(form, language, by, is_own=True, **asdict(checked))
    except IntegrityError as error:
        raise late from error


def go_back(form: Form, language: str, *, by: User) -> Wording:
    """Our own words again. What was written stays among the versions."""
    return _add(form, language, by, is_own=False)


def check(form: Form, texts: Texts) -> Texts:
    """The texts cleaned. Refused says what is wrong and where."""
    said = {name: clean(getattr(texts, name)) for name in FIELDS}
    said["subject"] = " ".join(said["subject"].split())
    if not said["subject"]:
        raise Refused(_("A letter needs a subject."), field="subject")
    for name, text in said.items():
        if len(text) > LONGEST[name]:
            raise Refused(_("At most %(number)s characters.") % {"number": LONGEST[name]}, field=name)
        try:
            parse(text, form.names)
        except Mistake as mistake:
            raise Refused(words_for(mistake), field=name) from mistake
    return Texts(**said)


def words_for(mistake: Mistake) -> str:
    return str(MISTAKES[mistake.code]) % {"line": mistake.line, "piece": mistake.piece}


def last_of(form: Form, language: str) -> int:
    """The number of the newest version; 0 when nobody ever wrote one."""
    return Wording.objects.filter(form=form.code, language=language).aggregate(n=Max("n"))["n"] or 0


@transaction.atomic
def _add(form: Form, language: str, by: User, *, is_own: bool, **texts: str) -> Wording:
    n = last_of(form, language) + 1
    row = Wording.objects.create(form=form.code, language=language, n=n, is_own=is_own, by=by, **texts)
    record(row, "wording.changed", by=by, internal=True, form=form.code, language=language, own=is_own)
    return row
