"""The listener for letters on the database of a test, as a process that may be killed."""

import smtplib
import socket
import subprocess
import sys
from pathlib import Path

from django.db import connection

from tests.parts.world import ROOT, environment, until


class Listener:
    """The listener as a process; it may be killed and started again at the same ports."""

    def __init__(self, files: Path, log: Path, database: str = "") -> None:
        self.lmtp, self.smtp = _free(), _free()
        self._files, self._log, self._database = files, log, database or connection.settings_dict["NAME"]
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.parts.listening", self._database, str(self._files)]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, str(self.lmtp), str(self.smtp)], cwd=ROOT, env=environment(), stdout=log, stderr=log
            )
        until(lambda: _answers(self.lmtp) and _answers(self.smtp))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        self.process.terminate()
        try:
            return self.process.wait(30)
        finally:
            self.kill()

    def by_lmtp(self) -> smtplib.LMTP:
        return smtplib.LMTP("127.0.0.1", self.lmtp, timeout=30)

    def by_smtp(self) -> smtplib.SMTP:
        return smtplib.SMTP("127.0.0.1", self.smtp, timeout=30)


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
