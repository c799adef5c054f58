"""`asmo run` with ASMO_LMTP: a mail server hands a letter over, and a wrong address is one sentence."""

import re
import smtplib
import socket

import pytest

from asmo_support.config import environment, listening
from asmo_support.lib.errors import Broken
from tests.config.conftest import asmo, eventually, free_port, python

LETTER = (
    b"From: a@kama.example\r\nTo: support@test.example\r\nMessage-ID: <1@kama.example>\r\nSubject: S\r\n\r\nHello.\r\n"
)

MAILBOX = """
from asmo_support.config.boot import boot
boot()
from asmo_support.channels.setup import Account, save_mailbox
from asmo_support.wall.acting import SYSTEM, acting_as
with acting_as(SYSTEM):
    save_mailbox(Account(host=""), by=None, address="support@test.example", way="lmtp")
"""
KEPT = """
from asmo_support.config.boot import boot
boot()
from asmo_support.channels.models import Arrival
from asmo_support.wall.acting import SYSTEM, acting_as
with acting_as(SYSTEM):
    print([(one.source, one.mailbox.address) for one in Arrival.objects.all()])
"""


def ran(home, program):
    """A program of ours on the data of the running service, and what it said."""
    return python(home, "-c", program).communicate(timeout=60)[0]


def started(home, port, **more):
    """`asmo run`, and what it said until it was ready."""
    service, said = python(home, "-m", "asmo_support", "run", "--port", str(port), **more), []
    for line in service.stdout:
        said.append(line)
        if "Ready" in line:
            return service, said
    raise AssertionError("".join(said))


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def test_a_letter_handed_over_to_the_running_service_is_kept(empty_home):
    port = free_port()
    service, begun = started(empty_home, free_port(), ASMO_LMTP=f"0.0.0.0:{port}")
    eventually(lambda: answers(port))
    made = ran(empty_home, MAILBOX)
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as door:
        refused = door.sendmail("a@kama.example", ["support@test.example"], LETTER)
    kept = ran(empty_home, KEPT)
    service.terminate()
    said = service.communicate(timeout=60)[0]

    assert (made, refused, kept) == ("", {}, "[('lmtp', 'support@test.example')]\n")
    assert (
        f"ASMO_LMTP listens at 0.0.0.0, which is not this machine alone: whoever reaches port {port} may"
        in "".join(begun) + said
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ASMO_LMTP", "8024x", "ASMO_LMTP must look like 127.0.0.1:8024, not “8024x”."),
        ("ASMO_SMTP_IN", "127.0.0.1:²", "ASMO_SMTP_IN must look like 127.0.0.1:8024, not “127.0.0.1:²”."),
        ("ASMO_TRUSTED_PROXIES", "²", "ASMO_TRUSTED_PROXIES must be a whole number, not “²”."),
        ("ASMO_LMTP", "no.such.invalid:8024", "ASMO_LMTP names “no.such.invalid”, which is no address and .*"),
    ],
)
def test_a_wrong_address_for_letters_is_one_sentence(empty_home, name, value, sentence):
    code, said = asmo(empty_home, "run", "--port", str(free_port()), **{name: value})

    assert code == 1
    assert re.fullmatch(f"asmo: {sentence}\n(Stopped.\n)?", said)


def test_a_busy_port_for_letters_is_one_sentence_before_anything_starts(empty_home):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = asmo(empty_home, "run", "--port", str(free_port()), ASMO_LMTP=f"127.0.0.1:{port}")

    assert code == 1
    assert said == (
        f"asmo: Port {port} of 127.0.0.1 cannot be used (Address already in use): end the program that has it, "
        f"or choose another: ASMO_LMTP=127.0.0.1:{port + 1}\n"
    )


def test_two_doors_at_one_port_are_refused_and_only_open_ones_warned_of():
    port = str(free_port())
    said = environment.read({"ASMO_LMTP": port, "ASMO_SMTP_IN": f"[::1]:{port}"})
    with pytest.raises(Broken, match="cannot be used"):
        listening.check([listening.Spot("127.0.0.1", int(port)), *listening.for_letters(said)])

    assert listening.warnings(said) == []
    assert len(listening.warnings(environment.read({"ASMO_SMTP_IN": f"0.0.0.0:{port}"}))) == 1
