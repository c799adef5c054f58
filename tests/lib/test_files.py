"""Files lie under their hash, whole or not at all; their names are for people only."""

import pytest

from asmo_support.lib.errors import Refused
from asmo_support.lib.files import keep, keeping, location, safe_name

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def put(root, chunks, name="отчёт.txt", limit=100):
    return keep(chunks, root, name=name, kind="text/plain", limit=limit)


@pytest.mark.case("AF-02")
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\отчёт.docx", "отчёт.docx"),
        (".htaccess", "htaccess"),
        (".htaccess\u200b", "htaccess"),
        ("счёт\u202efdp.exe", "счётfdp.exe"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("отчёт.", "отчёт"),
        ("  ", "file"),
        ("..", "file"),
        ("й".encode().decode() + ".txt", "й.txt"),
        ("и\u0306.txt", "й.txt"),
    ],
)
def test_a_name_is_one_plain_line_without_a_path(given, shown):
    assert safe_name(given) == shown


@pytest.mark.case("AF-02")
def test_a_long_name_keeps_its_extension():
    assert (len(safe_name("я" * 300 + ".docx")), safe_name("я" * 300 + ".docx")[-5:]) == (200, ".docx")


@pytest.mark.case("AF-02", "AF-08")
def test_bytes_lie_under_their_hash_whatever_the_name(tmp_path):
    kept = put(tmp_path, [b"hel", b"lo"], name="../отчёт.txt")

    assert (kept.name, kept.size, kept.sha256) == ("отчёт.txt", 5, HELLO)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        location(HELLO)
    ]
    assert (tmp_path / location(HELLO)).read_bytes() == b"hello"


@pytest.mark.case("AF-06", "AF-08")
def test_what_is_over_the_limit_leaves_nothing_behind(tmp_path):
    with pytest.raises(Refused):
        put(tmp_path, [b"x" * 60, b"x" * 60])

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.case("AF-08")
def test_a_sender_that_breaks_off_leaves_nothing_behind(tmp_path):
    def chunks():
        yield b"hel"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        put(tmp_path, chunks())

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.case("AF-08")
def test_the_same_bytes_twice_are_one_file(tmp_path):
    first, second = put(tmp_path, [b"hello"]), put(tmp_path, [b"hello"], name="other.txt")

    assert first.sha256 == second.sha256
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_files_written_meanwhile_are_there_when_the_block_ends(tmp_path):
    files = [("a.txt", "text/plain", b"hello"), ("../b", "", b"b"), ("c.txt", "text/plain", b"hello")]

    with keeping(files, tmp_path, limit=100) as named:
        names = [(one.name, one.kind, one.size) for one in named]

    assert names == [("a.txt", "text/plain", 5), ("b", "application/octet-stream", 1), ("c.txt", "text/plain", 5)]
    assert named[0].sha256 == named[2].sha256 == HELLO
    assert [(tmp_path / location(one.sha256)).read_bytes() for one in named] == [b"hello", b"b", b"hello"]


def test_a_block_whose_file_cannot_be_written_fails(tmp_path):
    with pytest.raises(Refused), keeping([("a", "", b"a"), ("b", "", b"too long")], tmp_path, limit=5):
        pass
