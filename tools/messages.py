"""Collects the texts of each app into its Russian catalogue; with `--check` only tells what is missing.

Texts come from calls of gettext and its kin in Python and from the tags of templates. A text that another
catalogue of ours already has is not asked for twice; one that is used nowhere any more is dropped.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "asmo_support"
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY, "_n": (1, 2), "gettext_noop": None}
HEADER = r"""# Русские тексты. Собраны `make messages`, переведены людьми.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: ru\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

"""
Text = tuple[str | None, str | tuple[str, ...]]


def texts(app: Path) -> Iterator[Text]:
    """Context and message (or singular and plural) of every text of an app."""
    for path in sorted(app.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield from _extract(path.read_text(encoding="utf-8"))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield from _extract(templatize(path.read_text(encoding="utf-8")))


def _extract(source: str) -> Iterator[Text]:
    for _, function, messages, _ in extract_python(io.BytesIO(source.encode()), list(KEYWORDS), [], {}):
        words = messages if isinstance(messages, tuple) else (messages,)
        context = words[0] if str(function).startswith(("pgettext", "npgettext")) else None
        found = [word for word in words[1 if context else 0 :] if word]
        if found and function.startswith(("n", "_n")) and len(found) > 1:
            yield context, (found[0], found[1])
        elif found:
            yield context, found[0]


def catalogue(app: Path) -> Catalog:
    path = _path(app)
    if not path.exists():
        return Catalog(locale="ru", project="asmo-support", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="ru")


def _path(app: Path) -> Path:
    return app / "locale" / "ru" / "LC_MESSAGES" / "django.po"


def _key(context: str | None, message: str | tuple[str, ...]) -> tuple[str | None, str]:
    return context, message if isinstance(message, str) else message[0]


def _is_whole(message: object) -> bool:
    strings = getattr(message, "string", "")
    return bool(strings) and all([strings] if isinstance(strings, str) else strings) and not message.fuzzy  # type: ignore[attr-defined]


def main() -> int:
    settings.configure(USE_I18N=False)
    apps = [path for path in sorted(PACKAGE.iterdir()) if (path / "__init__.py").exists()]
    catalogues = {app: catalogue(app) for app in apps}
    wanted = {app: list(dict.fromkeys(texts(app))) for app in apps}
    if "--check" in sys.argv:
        return _check(catalogues, wanted)
    home = {_key(one.context, one.id): app for app in apps for one in catalogues[app] if one.id and _is_whole(one)}
    used = {_key(*text) for found in wanted.values() for text in found}
    for app in apps:
        _update(app, catalogues[app], [text for text in wanted[app] if home.get(_key(*text), app) == app], used)
    return 0


def _check(catalogues: dict[Path, Catalog], wanted: dict[Path, list[Text]]) -> int:
    whole = {_key(one.context, one.id) for found in catalogues.values() for one in found if one.id and _is_whole(one)}
    missing = [(app.name, text) for app, found in wanted.items() for text in found if _key(*text) not in whole]
    for app, (_, message) in missing:
        print(f"{app}: no Russian for {message!r}")
    return 1 if missing else 0


def _update(app: Path, old: Catalog, found: list[Text], used: set[tuple[str | None, str]]) -> None:
    kept = [one for one in old if one.id and _key(one.context, one.id) in used]
    if not kept and not found:
        return
    new = Catalog(locale="ru", project="asmo-support", fuzzy=False)
    for one in kept:
        new.add(one.id, one.string, flags=one.flags, user_comments=one.user_comments, context=one.context)
    for context, message in found:
        if new.get(message if isinstance(message, str) else message[0], context) is None:
            flags = ["python-format"] if re.search(r"%\(\w+\)", str(message)) else []
            new.add(message, flags=flags, context=context)
    _path(app).parent.mkdir(parents=True, exist_ok=True)
    with _path(app).open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, new, width=110, omit_header=True)


if __name__ == "__main__":
    sys.exit(main())
