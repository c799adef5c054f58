"""`asmo mail`: letters from the command line. Reading needs neither a database nor settings."""

import hashlib
import json
import re
import sys
from email import message_from_bytes
from pathlib import Path
from typing import Any, TextIO

import click

from asmo_support.channels.email import visible
from asmo_support.channels.email.child import Reader
from asmo_support.channels.email.letter import Attachment, Letter
from asmo_support.config.commands.deliver import deliver
from asmo_support.config.commands.mailbox import mailbox, server
from asmo_support.lib.errors import Unreadable

_EMPTY: dict[str, Any] = {
    "from": "",
    "to": [],
    "cc": [],
    "subject": "",
    "message_id": "",
    "date": "",
    "text": "",
    "html": "",
    "visible_text": "",
    "attachments": [],
    "machine": False,
    "bounce": False,
    "reports": [],
    "sealed": [],
}


@click.group()
def mail() -> None:
    """Letters: take them in, read them, see what is new in them; mailboxes and the server they leave through."""


mail.add_command(deliver)
mail.add_command(mailbox)
mail.add_command(server)


@mail.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line (the only form there is).")
@click.option("--save", type=click.Path(file_okay=False, path_type=Path), help="Folder for the attachments.")
@click.option("--authserv-id", default="", help="The mail server whose Authentication-Results are believed.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
def parse(*, as_json: bool, save: Path | None, authserv_id: str, files: tuple[Path, ...]) -> None:
    """Print what letters say, one JSON object a line, in order, whatever the files hold.

    Ends with 1 when one of them cannot be opened.
    """
    is_missing = False
    with Reader(authserv_id=authserv_id) as reader:
        for file in files:
            row = _row(reader, file, save)
            is_missing |= "no-file" in row["defects"]
            click.echo(json.dumps(row, ensure_ascii=False))
    if is_missing:
        sys.exit(1)


@mail.command("visible")
@click.option(
    "--batch",
    type=click.File(encoding="utf-8", errors="replace"),
    required=True,
    help="JSON lines with “text” or “html”.",
)
def visible_(batch: TextIO) -> None:
    """Print what the person newly wrote, a JSON line for each line read."""
    for line in batch:
        if not line.strip():
            continue
        try:
            row = _readable(line)
            shown = (
                visible.of_html(str(row["html"])) if row.get("html") else visible.of_text(str(row.get("text") or ""))
            )
            answer = {"visible": shown}
        except (ValueError, AttributeError, TypeError) as error:
            answer = {"error": str(error)}
        click.echo(json.dumps(answer, ensure_ascii=False))


def _readable(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        raise ValueError("The line is not JSON.") from None
    if not isinstance(row, dict) or not {"text", "html"} & row.keys():
        raise ValueError("The line must be an object with “text” or “html”.")
    return row


def _row(reader: Reader, file: Path, save: Path | None) -> dict[str, Any]:
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return _facts(str(file), reader.read(raw), save)
    except Unreadable as error:
        return {"file": str(file), **_EMPTY, "defects": [str(error)], "unreadable": str(error)}
    except OSError as error:
        return {"file": str(file), **_EMPTY, "defects": ["no-file"], "unreadable": str(error.strerror or error)}


def _facts(name: str, letter: Letter, save: Path | None) -> dict[str, Any]:
    return {
        "file": name,
        "from": letter.sender.email,
        "to": [one.email for one in letter.to],
        "cc": [one.email for one in letter.cc],
        "subject": letter.subject,
        "message_id": letter.message_id,
        "date": letter.date,
        "text": letter.text,
        "html": letter.html,
        "visible_text": letter.visible_text,
        "attachments": [
            _file(one, number, Path(name).name, save)
            for number, one in enumerate((*letter.attachments, *letter.referable), 1)
        ],
        "machine": letter.is_machine,
        "bounce": letter.bounce,
        "reports": [
            {
                "recipient": one.recipient,
                "status": one.status,
                "reason": one.reason,
                "hard": one.hard,
                "action": one.action,
            }
            for one in letter.reports
        ],
        "defects": list(letter.defects),
        "sealed": list(letter.sealed),
        "verified_syntax": letter.verified_syntax,
    }


def _file(one: Attachment, number: int, letter: str, save: Path | None) -> dict[str, Any]:
    path, content = None, _as_file(one)
    if save is not None:
        save.mkdir(parents=True, exist_ok=True)
        # The name in a letter is a stranger's word: only the harmless part of it becomes a name here.
        path = save / f"{_harmless(letter)}-{number}-{_harmless(one.name)}"
        path.write_bytes(content)
    return {
        "name": one.name,
        "type": one.type,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "inline": one.inline,
        "saved": str(path) if path else None,
    }


def _as_file(one: Attachment) -> bytes:
    """An attached letter becomes a file as Unix keeps letters, with its own line ends; any other file is untouched."""
    return message_from_bytes(one.content).as_bytes() if one.kind == "letter" and not one.encoded else one.content


def _harmless(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name).lstrip(".")[-80:] or "file"
