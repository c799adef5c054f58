"""HTML of letters made safe (PW-01, PW-05, EI-09)."""

import pytest

from asmo_support.channels.email import clean, markup

ACTIVE = [
    "<script>x()</script>",
    "<scr<script>ipt>x()</script>",
    "<img src=x onerror=x()>",
    "<svg onload=x()>",
    "<a href='javascript:x()'>a</a>",
    "<a href='data:text/html,x'>a</a>",
    "<a href=' java\tscript:x()'>a</a>",
    "<iframe src='https://e.example'></iframe>",
    "<form action='https://e.example'><input></form>",
    "<style>@import 'https://e.example'</style>",
    "<div style='background:url(https://e.example)'>a</div>",
    "<base href='https://e.example'>",
    "<meta http-equiv=refresh content='0;https://e.example'>",
    "<object data='https://e.example'></object>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=x()>",
]


@pytest.mark.case("PW-01")
@pytest.mark.parametrize("markup_", ACTIVE)
def test_nothing_active_is_left(markup_):
    safe = clean.safe_html(markup_).lower()

    assert [
        word
        for word in ("<script", "javascript", "e.example", "<iframe", "<form", "<svg", "onerror", "style=")
        if word in safe
    ] == []


@pytest.mark.case("PW-05")
def test_remote_pictures_go_and_own_ones_wait_for_their_address():
    source = '<img src="https://spy.example/p.gif" alt="спрятано"><img src="cid:snap@kama"><img src="cid:lost">'

    safe = clean.safe_html(source)

    assert clean.has_remote_pictures(source)
    assert "spy.example" not in safe
    shown = clean.with_pictures(safe, {"snap@kama": "/files/7"})
    assert 'src="/files/7"' in shown
    assert "cid:" not in shown


def test_an_address_of_a_picture_cannot_break_out():
    shown = clean.with_pictures('<img src="cid:a">', {"a": '"><script>x()</script>'})

    assert "<script>" not in shown


def test_links_lead_out_without_thanks():
    assert clean.safe_html("<a href='https://kama.example'>a</a>") == (
        '<a href="https://kama.example" rel="nofollow noopener noreferrer">a</a>'
    )


@pytest.mark.case("EI-09")
@pytest.mark.parametrize("bomb", ["<div>" * 2_000, "<a href='https://e.example'>x</a>" * 6_000, "x" * 1_100_000])
def test_a_bomb_is_left_to_the_text(bomb):
    assert clean.safe_html(bomb) == ""


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>раз</p><p>два</p>", "раз\n\nдва"),
        ("раз<br>два<br><br>три", "раз\nдва\n\nтри"),
        ("<ul><li>раз</li><li>два</li></ul>", "* раз\n* два"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<blockquote>вопрос</blockquote>ответ", "> вопрос\nответ"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a<style>b</style><script>c</script><title>d</title>e", "ae"),
        ("<p>a &lt;b&gt; &amp; «в»&nbsp;c</p>", "a <b> & «в» c"),
        ('<img alt="a>b">x', "x"),
    ],
)
def test_text_of_html_reads_like_the_page(source, text):
    assert markup.to_text(source) == text
