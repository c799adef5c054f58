"""`asmo mail parse` and `asmo mail visible` as other programs use them."""

import hashlib
import json

from click.testing import CliRunner

from asmo_support.config.commands.mail import mail
from tests.letters.build import BODY, multi, part

FILE = b"%PDF \x00\xff"
LETTER = multi(
    "mixed",
    part("text/plain; charset=utf-8", BODY),
    part("application/pdf", FILE, Content_Disposition='attachment; filename="../../../etc/akt.pdf"'),
)


def _run(*arguments, stdin=None, code=0):
    done = CliRunner().invoke(mail, [str(one) for one in arguments], input=stdin, catch_exceptions=False)
    assert done.exit_code == code
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_file_gives_one_line_in_order_whatever_it_holds(tmp_path):
    (tmp_path / "a.eml").write_bytes(LETTER)
    (tmp_path / "b.eml").write_bytes(b"")

    rows = _run("parse", "--json", tmp_path / "a.eml", tmp_path / "b.eml", tmp_path / "none.eml", tmp_path / "a.eml",
                code=1)  # fmt: skip

    assert [row["subject"] for row in rows] == ["Акт сверки", "", "", "Акт сверки"]
    assert [row["defects"] for row in rows] == [[], ["empty"], ["no-file"], []]
    assert [row["from"] for row in rows][:2] == ["anna@kama.example", ""]


def test_files_are_saved_under_harmless_names_with_their_bytes(tmp_path):
    (tmp_path / "a.eml").write_bytes(LETTER)
    folder = tmp_path / "out"

    (row,) = _run("parse", "--json", "--save", folder, tmp_path / "a.eml")

    (file,) = row["attachments"]
    saved = file.pop("saved")
    wanted = {
        "name": "akt.pdf",
        "type": "application/pdf",
        "size": len(FILE),
        "sha256": hashlib.sha256(FILE).hexdigest(),
        "inline": False,
    }
    assert file == wanted
    assert [str(path) for path in folder.iterdir()] == [saved]
    assert (folder / saved).read_bytes() == FILE


def test_visible_answers_every_line_also_a_broken_one():
    lines = ['{"text": "да\\n\\n> нет"}', '{"html": "<p>да</p><blockquote>нет</blockquote>"}', "{", '{"text": null}']

    rows = _run("visible", "--batch", "-", stdin="\n".join(lines))

    assert [row.get("visible") for row in rows] == ["да", "да", None, ""]
    assert list(rows[2]) == ["error"]
