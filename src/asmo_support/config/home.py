"""Where an installation keeps what it must not lose: ASMO_HOME and the secrets in it."""

import contextlib
import hashlib
import os
import secrets
from functools import cache
from pathlib import Path

from asmo_support.lib.errors import Broken

VARIABLE = "ASMO_HOME"
FOR_ROOT = Path("/var/lib/asmo-support")
TRAVERSE = 0o001


def home() -> Path:
    """The folder of this installation: absolute, the same from every working folder. It may not exist yet."""
    given = os.environ.get(VARIABLE, "").strip()
    return _given(given) if given else _default()


def notice() -> str:
    """One line for the administrator when the data lives elsewhere than expected; empty otherwise."""
    beside = checkout()
    if os.environ.get(VARIABLE, "").strip() or beside is None or home() == beside / "var":
        return ""
    return f"The database cannot reach {beside}, a folder closed to other users: the data lives in {home()}."


def checkout() -> Path | None:
    """The folder with pyproject.toml when the code runs from a clone."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() else None


def other_place() -> Path:
    """A folder that works on every machine for this user, to be named in a refusal."""
    if os.geteuid() == 0:
        return FOR_ROOT
    return Path.home() / ".local" / "share" / "asmo-support"


def folder(name: str, at: Path | None = None) -> Path:
    """A private folder inside ASMO_HOME, made when missing."""
    root = at or home()
    place = root / name
    try:
        if not root.exists():
            root.mkdir(parents=True)
            root.chmod(0o711 if os.geteuid() == 0 else 0o700)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise Broken(f"{error.filename} stands where a folder is needed: move it away or set {VARIABLE}.") from error
    except (PermissionError, NotADirectoryError) as error:
        raise Broken(f"No folder can be made in {root} ({error.strerror}): set {VARIABLE}={other_place()}.") from error
    return place


def secret(name: str, at: Path | None = None) -> str:
    """The secret of this name, made of random bytes at first use and the same ever after."""
    place = folder("secrets", at) / name
    with contextlib.suppress(FileNotFoundError):
        return _read(place)
    draft = place.with_name(f".{name}.{secrets.token_hex(8)}")
    try:
        _write(draft, secrets.token_urlsafe(48))
        # A link, not a rename: when two processes start together the first one wins and both read the same.
        with contextlib.suppress(FileExistsError):
            os.link(draft, place)
    finally:
        draft.unlink(missing_ok=True)
    return _read(place)


def _given(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise Broken(f"{VARIABLE} must be a full path, not “{text}”: for example {other_place()}.")
    return Path(os.path.normpath(path))


@cache
def _default() -> Path:
    root = checkout()
    if root is None:
        return other_place()
    if os.geteuid() == 0 and not os.environ.get("ASMO_DATABASE_URL", "").strip() and not open_to_others(root):
        mark = hashlib.sha256(os.fsencode(root)).hexdigest()[:8]
        return FOR_ROOT / f"{root.name[:24]}-{mark}"
    return root / "var"


def open_to_others(path: Path) -> bool:
    """Whether another user of the machine may walk down to this folder."""
    return all(place.stat().st_mode & TRAVERSE for place in (path, *path.parents))


def _read(place: Path) -> str:
    text = place.read_text(encoding="ascii").strip()
    if not text:
        raise Broken(f"{place} is empty: restore it from a back-up.")
    return text


def _write(place: Path, text: str) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
