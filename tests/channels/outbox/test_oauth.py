"""Letters leave through a real server that lets in by access tokens alone."""

import base64
import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from asmo_support.channels.email.checking import check, trouble_of
from asmo_support.channels.models import SmtpServer
from asmo_support.channels.setup import Account, Right, save_smtp
from asmo_support.channels.troubles import words_for
from tests.parts.letters import SUPPORT
from tests.parts.tokens import CLIENT, SECRET, serving

pytestmark = pytest.mark.mail


class Door:
    """Knows which tokens hold; a refusal comes as a question first, as mail services do it."""

    def __init__(self, tokens):
        self.tokens = tokens
        self.entered = []

    async def auth_XOAUTH2(self, server, args):  # noqa: N802 - aiosmtpd asks for it
        user, _, token = base64.b64decode(args[1]).decode().strip("\x01").partition("\x01auth=Bearer ")
        if self.tokens.good.get(token) == user.removeprefix("user="):
            self.entered.append(user)
            return AuthResult(success=True)
        await server.challenge_auth("{}", encode_to_b64=True)
        return AuthResult(success=False, handled=False)


@pytest.fixture
def tokens():
    with serving() as service:
        yield service


@pytest.fixture
def door(tokens):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    door = Door(tokens)
    controller = Controller(door, hostname="127.0.0.1", port=port, auth_require_tls=False)
    controller.start()
    door.port = port
    yield door
    controller.stop()


def _save(door, tokens):
    right = Right(token_url=tokens.address, client_id=CLIENT, client_secret=SECRET, refresh_token=tokens.allow(SUPPORT))
    account = Account(host="127.0.0.1", port=door.port, security="none", user=SUPPORT, right=right)
    save_smtp(account, by=None, from_address=SUPPORT)
    return SmtpServer.objects.get()


def test_the_server_lets_us_in_with_a_token(db, door, tokens):
    assert trouble_of(_save(door, tokens)) == ""
    assert door.entered == [f"user={SUPPORT}"]


def test_a_token_that_holds_no_more_is_named_as_the_trouble(db, door, tokens):
    server = _save(door, tokens)
    trouble_of(server)
    tokens.good.clear()

    failed = next(step for step in check(server) if not step.is_well)

    assert (failed.code, failed.advice) == ("sign-in", words_for("token-refused"))
