"""`asmo mail deliver`: yes only when the letter is safe, «later» otherwise, whatever the trouble is."""

import os
import subprocess
import sys

import pytest
from django.utils import timezone

from asmo_support.channels.inbox import Incoming, keep, raw_of
from asmo_support.channels.models import Arrival
from tests.parts.letters import letter
from tests.parts.world import ROOT, environment


def deliver(argument: str, raw: bytes = b"", **more: str):
    command = [sys.executable, "-m", "asmo_support", "mail", "deliver", argument]
    done = subprocess.run(
        command, input=raw, capture_output=True, env={**environment(), **more}, cwd=ROOT, timeout=60, check=False
    )
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("trouble", ["database", "file"])
def test_what_cannot_be_stored_is_to_come_again_later(trouble, tmp_path):
    nowhere = {"ASMO_DATABASE_URL": "postgresql://x:y@127.0.0.1:1/z", "ASMO_HOME": str(tmp_path)}
    target, more = ("-", nowhere) if trouble == "database" else ("/nowhere/letter.eml", {})
    code, said = deliver(target, letter("a@test.example"), **more)

    assert code == 75
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("argument", "more"),
    [("--wrong", {}), ("-", {"ASMO_TYPO": "1"}), ("-", {"ASMO_HOME": "/proc/version/home"})],
    ids=["called wrongly", "a variable nobody knows", "no place for the data"],
)
def test_a_mistake_in_the_settings_loses_no_letter(argument, more):
    code, said = deliver(argument, letter("a@test.example"), **more)

    assert (code, "Traceback" in said) == (75, False)


def test_a_letter_by_the_pipe_is_kept_byte_for_byte(db, files_root):
    small, large = letter("a@test.example"), letter("a@test.example", files={"x": os.urandom(2 << 20)})
    kept = [keep(Incoming(raw=raw, received_at=timezone.now())) for raw in (small, large)]

    assert [raw_of(Arrival.objects.get(pk=one.pk)) for one in kept] == [small, large]
    assert [one.raw is None for one in kept] == [False, True]
    assert {one.source for one in kept} == {"pipe"}
