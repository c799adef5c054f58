"""Hostile letters die in the child; the parent reads on (EI-05, EI-07, EI-08, EI-09, PK-03)."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from asmo_support.channels.email import limits
from asmo_support.channels.email.child import Reader
from asmo_support.channels.email.confined import CPU_SECONDS
from asmo_support.channels.email.parse import parse
from asmo_support.lib.errors import Unreadable
from tests.letters.build import BODY, FROM, head, multi, part, text

GOOD = multi("mixed", part("text/plain; charset=utf-8", BODY), part('image/png; name="a.png"', bytes(range(256))))
HTML = head(more=[("Content-Type", "text/html; charset=utf-8")]) + b"\r\n"
PLAIN = head(more=[("Content-Type", "text/plain; charset=utf-8")]) + b"\r\n"
DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000))
FLAT = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 100_000

REFUSED = {
    "empty": b"\r\n\r\n",
    "headers-too-long": b"From: " + b"a@b.example, " * 80_000 + b"\r\n\r\nx",
    "header-line-too-long": b"Subject: " + b"=?utf-8?b?0LA=?= " * 4_000 + b"\r\n\r\nx",
    "too-deep": head() + DEEP + b"\r\nx",
    "too-many-parts": head(more=[("Content-Type", "multipart/mixed; boundary=b")]) + b"\r\n" + FLAT,
}
SURVIVED = {
    "many-header-lines": head(more=[("X-Line", "y")] * 20_000) + b"\r\nx",
    "many-recipients": head(to=",\r\n ".join(f"u{n}@kama.example" for n in range(5_000))) + b"\r\nx",
    "attached-letters-in-each-other": head()[:-2] + b"\r\nContent-Type: message/rfc822\r\n\r\n" * 3_000 + b"x",
    "deep-html": HTML + b"<div>" * 200_000,
    "many-links": HTML + b"<a href='http://e.example'>x</a>" * 6_000,
    "unclosed-tags": HTML + b"<a href='" * 90_000,
    "nothing-but-brackets": HTML + b"<" * 900_000,
    "many-comments": HTML + b"<!--" * 200_000,
    "big-html": HTML + b"<p>x" * 900_000,
    "long-line": PLAIN + b"- " * 1_000_000,
    "many-intros": PLAIN + b"On 2026-11-16 10:15 x\n" * 40_000,
    "many-begins": PLAIN + b"begin 644 a\n" * 100_000,
    "quotes-in-quotes": PLAIN + b">>>>>>>>>> x\n> y\n" * 25_000,
    "signatures": PLAIN + b"-- \nx\n____________\n" * 25_000,
    "soft-quotes": PLAIN.replace(b"utf-8", b"utf-8; format=flowed") + b"> a \n>> b \n" * 35_000,
    "open-quotes-ten-times": (b"Reply-To: " + b'"\\' * 8_000 + b"\r\n") * 10 + b"\r\nx",
    "long-words-ten-times": (b"Reply-To: " + b"x" * 16_000 + b"\r\n") * 10 + b"\r\nx",
    "long-header-lines": (b"X-A: " + b"x" * 65_000 + b"\r\n") * 4 + b"\r\nx",
    "noise": PLAIN + bytes((n * 97 + n // 7) % 256 for n in range(1_000_000)),
    "open-quotes": b"From: " + b'"\\' * 8_000 + b"\r\n\r\nx",
    "open-comments": b"From: " + b"(" * 16_000 + b"\r\n\r\nx",
    "big-file": head(more=[("Content-Type", "application/pdf; name=a.pdf")])
    + b"\r\n"
    + (b"%PDF" * 15 + b"\n") * 600_000,
}


@pytest.fixture(scope="module")
def reader():
    with Reader() as one:
        yield one


def _spent(pid):
    """CPU seconds of a living process (proc(5), utime and stime)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_letter_comes_out_of_the_child_as_it_went_in(reader):
    assert reader.read(GOOD) == parse(GOOD)


@pytest.mark.case("EI-07")
@pytest.mark.case("EI-08")
@pytest.mark.parametrize("code", sorted(REFUSED))
def test_a_bomb_is_refused_with_its_reason(reader, code):
    with pytest.raises(Unreadable) as refusal:
        reader.read(REFUSED[code])

    assert str(refusal.value) == code
    assert code in limits.REASONS


@pytest.mark.case("EI-07")
@pytest.mark.case("EI-08")
@pytest.mark.case("EI-09")
@pytest.mark.parametrize("name", sorted(SURVIVED))
def test_a_monster_is_read_within_five_seconds_of_cpu(reader, name):
    reader.read(GOOD)
    pid, before = reader.pid, _spent(reader.pid)

    reader.read(SURVIVED[name])

    assert reader.pid == pid
    assert _spent(pid) - before < CPU_SECONDS


@pytest.mark.case("EI-05")
def test_a_good_letter_behind_a_hundred_bad_ones_is_read_in_ten_seconds(reader):
    started = time.monotonic()
    for bomb in list(REFUSED.values()) * 20:
        with pytest.raises(Unreadable):
            reader.read(bomb)

    assert reader.read(GOOD).text == BODY
    assert time.monotonic() - started < 10


@pytest.mark.case("EI-07")
def test_a_letter_that_needs_too_much_memory_spoils_nothing(reader):
    short_lines = PLAIN + b"x\n" * 12_000_000

    with pytest.raises(Unreadable, match="out-of-"):
        reader.read(short_lines)

    assert reader.read(GOOD).text == BODY


@pytest.mark.case("PK-03")
def test_a_killed_child_is_replaced_and_the_letter_after_it_is_read(reader):
    reader.read(GOOD)
    dead = reader.pid
    os.kill(dead, signal.SIGKILL)

    assert reader.read(GOOD).text == BODY
    assert reader.pid != dead


def test_a_letter_is_not_blamed_for_the_hand_that_killed_its_fresh_child():
    killed = []
    with Reader() as fresh:

        def kill():
            while (pid := fresh.pid) is None:
                pass
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

        hand = threading.Thread(target=kill)
        hand.start()
        letter = fresh.read(GOOD)
        hand.join()

        assert letter == parse(GOOD)
        assert killed != [fresh.pid]


def test_a_letter_over_the_limit_is_not_even_sent(reader):
    with pytest.raises(Unreadable, match="letter-too-big"):
        reader.read(b"x" * (limits.LETTER + 1))


def test_no_time_at_all_is_out_of_time():
    with Reader(wall_seconds=0.0) as hurried, pytest.raises(Unreadable, match="out-of-time"):
        hurried.read(GOOD)


def test_closing_the_reader_leaves_no_process():
    with Reader() as one:
        one.read(GOOD)
        pid = one.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


CONFINED = """
import resource, socket, sys
from asmo_support.channels.email import confined
confined.confine()
for deed in (lambda: socket.socket(), lambda: open("/tmp/letter", "w"), lambda: __import__("os").system("true")):
    try:
        deed()
        print("done")
    except PermissionError:
        print("refused")
print(resource.getrlimit(resource.RLIMIT_AS)[0] // 2**20)
try:
    bytearray(600 * 2**20)
except MemoryError:
    print("out of memory")
"""


def test_the_child_has_no_network_no_files_no_programs_and_little_memory():
    done = subprocess.run([sys.executable, "-c", CONFINED], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n")[:5] == ["refused", "refused", "refused", "512", "out of memory"]


def test_the_child_knows_no_secret_of_the_parent(reader, monkeypatch):
    monkeypatch.setenv("ASMO_SECRET_KEY", "do not tell")
    with Reader() as one:
        one.read(GOOD)
        environment = Path(f"/proc/{one.pid}/environ").read_bytes()
        known = {each.partition(b"=")[0] for each in environment.split(b"\0") if each}

    assert known == {b"PYTHONPATH", b"PYTHONHASHSEED", b"LANG", b"PYTHONDONTWRITEBYTECODE"}


def test_a_run_that_needs_more_than_five_seconds_is_ended_by_the_kernel():
    script = "from asmo_support.channels.email import confined\nconfined._allow_cpu()\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert done.returncode == -signal.SIGXCPU
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime >= CPU_SECONDS - 1


def test_hundreds_of_letters_are_read_by_one_child(reader):
    reader.read(GOOD)
    pids = set()
    for number in range(50):
        pids.add(reader.pid)
        assert reader.read(text(f"Письмо {number}")).text == f"Письмо {number}"

    assert pids == {reader.pid}
    assert reader.read(GOOD).sender.name == FROM
