"""Whatever comes is read or refused with a code, and crosses the pipe unchanged (EI-10)."""

from encodings import aliases

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asmo_support.channels.email import addresses, charsets, headers, intros, limits, preview, tnef, visible
from asmo_support.channels.email.letter import Letter, from_wire, to_wire
from asmo_support.channels.email.parse import parse
from asmo_support.lib.errors import Unreadable
from tests.letters.build import multi, part, text

PIECES = st.sampled_from(
    [
        b"From: a@b.example\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"Content-Type: text/html; charset=utf-7\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Disposition: attachment; filename*0*=''%41\r\n",
        b"\r\n",
        b"--b\r\n",
        b"--b--\r\n",
        b"=?utf-8?B?0LA?= ",
        b"\x00\xff\xed\xa0\x80",
        b"<div><blockquote>",
        b"On 1.1.2026 a@b.example wrote:\r\n> x\r\n",
        b"begin 644 a\r\n#0V%T\r\nend\r\n",
    ]
)
LETTERS = st.one_of(st.binary(max_size=600), st.lists(PIECES, max_size=25).map(b"".join))


def _read(raw):
    try:
        return parse(raw), ""
    except Unreadable as error:
        return None, str(error)


@pytest.mark.case("EI-10")
@settings(max_examples=300, deadline=None)
@given(LETTERS)
@example(b"From: =?x?B?=\r\n\r\n")
def test_any_bytes_are_read_or_refused_with_a_code(raw):
    letter, refusal = _read(raw)
    if letter is None:
        assert refusal in limits.REASONS
        return

    assert "\x00" not in repr(letter.text + letter.html + letter.subject + letter.visible_text).replace("\\x00", "\x00")
    (letter.text + letter.html + letter.subject + letter.sender.name + letter.raw_from).encode("utf-8")
    assert from_wire(*to_wire(letter)) == letter


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_shows_some_of_its_own_lines(words):
    shown = visible.of_text(words)

    assert len(shown) <= len(words)
    assert isinstance(intros.mobile(words), bool)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_field_is_read_without_raising(value):
    reading = addresses.read(value)

    assert all("\n" not in one.email for one in reading.found)
    assert isinstance(headers.decode(value), str)


@settings(deadline=None)
@given(st.binary(max_size=200), st.one_of(st.text(max_size=20), st.sampled_from(sorted(aliases.aliases.values()))))
@example(b"\x1b", "undefined")
@example(b"\xff", "idna")
def test_any_declaration_gives_clean_text(raw, declared):
    text, _ = charsets.decode(raw, declared)

    assert "\x00" not in text
    text.encode("utf-8")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_parcel_opens_or_stays_shut(raw):
    signed = (0x223E9F78).to_bytes(4, "little") + raw

    assert all(isinstance(content, bytes) for _, content in tnef.opened(signed).files)


BORDERS = st.lists(
    st.sampled_from([b"boundary", b"BOUNDARY=", b"Boundary*0*=", b'"', b"x", b"\n", b"--", b"\r\n", b" ", b";", b"=a"]),
    max_size=25,
).map(b"".join)


@given(BORDERS)
def test_borders_are_found_as_their_patterns_find_them(raw):
    lines = b"\n" + raw
    pairs = [
        (limits._BOUNDARY, raw, b"boundary", raw.lower()),
        (limits._DASHES, lines, b"\n--", lines),
    ]

    for pattern, where, sign, searched in pairs:
        found = [one.span() for one in limits._each(pattern, where, sign, searched)]
        assert found == [one.span() for one in pattern.finditer(where)]


@pytest.mark.case("EI-08")
@given(LETTERS)
def test_any_bytes_have_a_preview(raw):
    shown = preview.preview(raw, longest=200)

    assert len(shown) <= 200
    assert "\x00" not in shown


def test_a_preview_shows_the_head_and_the_words_of_a_letter():
    shown = preview.preview(text("Не открывается", how="8bit"))

    assert shown.startswith("From: Анна Соколова <anna@kama.example>\nTo: support@asmo.example\nSubject: Акт сверки")
    assert shown.endswith("\n\nНе открывается")


def test_files_keep_their_very_bytes():
    content = bytes(range(256)) * 40 + b"\r\n.\r\n\n\r"
    letter = parse(multi("mixed", part("application/octet-stream; name=a.bin", content)))

    assert isinstance(letter, Letter)
    assert [one.content for one in letter.attachments] == [content]
