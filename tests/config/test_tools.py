"""The scripts behind `make` on a machine that lacks something."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.config.conftest import ROOT

PYTHON = """#!/bin/sh
case "$*" in *ensurepip*) exit 1 ;; esac
exit %d
"""


@pytest.fixture
def clone(tmp_path):
    """A clone without .venv, on a machine with next to no programs."""
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / "clone" / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "clone")
    (tmp_path / "bin").mkdir()
    for name in ("sh", "dirname", "flock", "id", "cat", "find", "grep"):
        (tmp_path / "bin" / name).symlink_to(Path(shutil.which(name)).resolve())
    return tmp_path / "clone"


def run(clone, *command):
    variables = {"PATH": str(clone.parent / "bin")}
    done = subprocess.run(
        [clone / command[0], *command[1:]], env=variables, check=False, capture_output=True, text=True
    )
    return done.returncode, done.stderr


def give_python(clone, old):
    for name in ("python3", "python3.11"):
        program = clone.parent / "bin" / name
        program.write_text(PYTHON % old)
        program.chmod(0o755)


def test_a_missing_venv_module_is_one_sentence(clone):
    give_python(clone, old=0)

    assert run(clone, "tools/venv", "run") == (
        1,
        "asmo: Python's venv is missing; as root: apt-get install python3-venv\n",
    )


def test_an_old_python_is_one_sentence(clone):
    give_python(clone, old=1)

    assert run(clone, "tools/venv", "run") == (
        1,
        "asmo: Python 3.11 or newer is missing: apt-get install python3 python3-venv\n",
    )


def test_missing_packages_of_the_tests_are_named_together(clone):
    venv = clone / "tools" / "venv"
    venv.write_text("#!/bin/sh\n")

    code, said = run(clone, "tools/test")

    expected = [name for name, there in present().items() if not there]
    assert code == 1
    assert said.strip().split("--no-install-recommends ")[1].split() == expected


def present():
    fonts = [path.name for place in ("/usr", "/usr/local") for path in Path(place, "share/fonts").rglob("*")]
    return {
        "dovecot-core": os.access("/usr/sbin/dovecot", os.X_OK),
        "dovecot-imapd": any(os.access(f"/usr/{place}/dovecot/imap", os.X_OK) for place in ("lib", "libexec")),
        "chromium": False,
        "fonts-noto-core": any(name.startswith("NotoSans") for name in fonts),
        "fonts-liberation": any(name.startswith("Liberation") for name in fonts),
    }
