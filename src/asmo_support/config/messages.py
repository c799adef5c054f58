"""Message catalogues without system gettext: each app of ours has its own; compiled when the service starts.

`make messages` (python -m asmo_support.config.messages) collects what the code and the templates say. English is
the language of the message ids, Russian must be complete: `missing()` names what is not.
"""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogues() -> list[Path]:
    return sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> None:
    """Write the .mo beside every .po that is newer than it."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Somebody else may be compiling, or reading, at this moment.
        draft = target.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, _read(source))
        draft.replace(target)


def said(app: Path) -> Catalog:
    """Everything an app says, by its Python files and its templates."""
    from django.utils.translation.template import templatize

    found = _empty()
    for file in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        if "migrations" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        # Markup is indented as markup is; to Python's tokenizer an indent would mean something.
        code = text if file.suffix == ".py" else re.sub(r"(?m)^[ \t]+", "", templatize(text, origin=str(file)))
        for _line, message, comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            found.add(message, context=context, locations=[(str(file.relative_to(app)), 0)], auto_comments=comments)
    return found


def update() -> None:
    """Bring every app's Russian catalogue to what the app says; translations that are there stay."""
    for app in _apps():
        wanted = said(app)
        source = app / "locale" / "ru" / "LC_MESSAGES" / "django.po"
        if not len(wanted) and not source.exists():
            continue
        present = _read(source) if source.exists() else _empty()
        present.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        present.obsolete.clear()
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(_written(present))


def missing() -> list[str]:
    """What the code says and the Russian catalogue of its app does not, or says in doubt, or for nobody any more."""
    found: list[str] = []
    for app in _apps():
        source = app / "locale" / "ru" / "LC_MESSAGES" / "django.po"
        have, want = _read(source) if source.exists() else _empty(), said(app)
        for message in _messages(want):
            twin = have.get(message.id, context=message.context)
            if twin is None or twin.fuzzy or not _is_full(twin):
                found.append(f"{app.name}: {message.id}")
        found += [
            f"{app.name}: nobody says {one.id}" for one in _messages(have) if want.get(one.id, one.context) is None
        ]
    return found


def _apps() -> Iterator[Path]:
    return (path.parent for path in sorted(PACKAGE.glob("*/apps.py")))


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _is_full(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(texts) and (isinstance(message.id, str) or len(texts) == 3)


def _written(catalogue: Catalog) -> bytes:
    """The catalogue without the dates and names that would change with every run."""
    file = io.BytesIO()
    write_po(file, catalogue, width=120, sort_output=True, no_location=True)
    lines = file.getvalue().decode().splitlines(keepends=True)
    dull = ("#\n", "# ", '"Project-Id', '"Report-Msgid', '"POT-', '"PO-Rev', '"Last-Tr', '"Language-Team', '"Generated')
    return "".join(line for line in lines if not line.startswith(dull)).encode()


def _read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale="ru")


def _empty() -> Catalog:
    return Catalog(locale="ru", project="asmo-support", charset="utf-8", fuzzy=False)


if __name__ == "__main__":
    update()
    for line in missing():
        print(line)  # noqa: T201 - a command
