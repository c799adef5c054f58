"""A real Dovecot on a free port, in a folder of its own, for as long as the tests run. Anybody may sign in as anybody."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from imapclient import IMAPClient

from tests.parts.tokens import Tokens, serving

PASSWORD = "secret-of-the-mailbox"
PROGRAM = "/usr/sbin/dovecot"
MASTER = """
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
first_valid_uid = 1
default_login_user = {login}
default_internal_user = {internal}
default_internal_group = {group}
service imap-login {{
  {jail}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
{rest}
auth_mechanisms = plain login xoauth2 oauthbearer
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {root}/tokens.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail_uid} gid={mail_gid} home={root}/home/%u
}}
"""
TOKENS = """
introspection_mode = post
introspection_url = http://127.0.0.1:{port}/introspect
username_attribute = user
active_attribute = active
active_value = true
"""


@dataclass(frozen=True)
class Dovecot:
    host: str
    port: int
    configuration: Path
    tokens: Tokens

    def throw_out(self, user: str) -> None:
        """End every session of this user, as a restart of the server would."""
        subprocess.run(["doveadm", "-c", str(self.configuration), "kick", user], check=True, capture_output=True)

    def client(self, user: str) -> IMAPClient:
        client = IMAPClient(self.host, self.port, ssl=False, timeout=20)
        client.login(user, PASSWORD)
        return client

    def put(self, user: str, *letters: bytes, folder: str = "INBOX") -> None:
        client = self.client(user)
        for letter in letters:
            client.append(folder, letter)
        client.logout()

    def flags(self, user: str, folder: str = "INBOX") -> dict[int, set[bytes]]:
        """Marks of every letter, by UID."""
        client = self.client(user)
        client.select_folder(folder, readonly=True)
        found = client.fetch(client.search("ALL"), ["FLAGS"])
        client.logout()
        return {uid: set(row[b"FLAGS"]) - {b"\\Recent"} for uid, row in found.items()}


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    if not Path(PROGRAM).exists():
        pytest.fail("Dovecot is missing: apt-get install dovecot-imapd")
    root = Path(tempfile.mkdtemp(prefix="asmo-dovecot-"))
    root.chmod(0o755)
    port = _free_port()
    with serving() as tokens:
        (root / "tokens.conf").write_text(TOKENS.format(port=tokens.port))
        (root / "dovecot.conf").write_text(_configuration(root, port))
        server = subprocess.Popen([PROGRAM, "-F", "-c", str(root / "dovecot.conf")])
        try:
            _wait_for(port, root)
            yield Dovecot("127.0.0.1", port, root / "dovecot.conf", tokens)
        finally:
            server.terminate()
            server.wait(10)
            shutil.rmtree(root, ignore_errors=True)


def _configuration(root: Path, port: int) -> str:
    is_root = os.geteuid() == 0
    mail = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
    own = pwd.getpwuid(os.geteuid()).pw_name
    home = root / "home"
    home.mkdir()
    os.chown(home, mail.pw_uid, mail.pw_gid)
    jails = "" if is_root else "".join(f"service {name} {{\n  chroot =\n}}\n" for name in ("anvil", "stats"))
    return MASTER.format(
        root=root,
        port=port,
        password=PASSWORD,
        login="dovenull" if is_root else own,
        internal="dovecot" if is_root else own,
        group="dovecot" if is_root else pwd.getpwuid(os.geteuid()).pw_gid,
        jail="" if is_root else "chroot =",
        rest=jails,
        mail_uid=mail.pw_uid,
        mail_gid=mail.pw_gid,
    )


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, root: Path) -> None:
    deadline, pause = time.monotonic() + 20, threading.Event()
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            pause.wait(0.05)
        else:
            return
    raise AssertionError((root / "dovecot.log").read_text())
