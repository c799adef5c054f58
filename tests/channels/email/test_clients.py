"""What common mail programs put around one's words goes; the words themselves stay, wherever they stand."""

import itertools
from html import escape

import pytest

from asmo_support.channels.email.parse import parse
from tests.letters.build import multi, part, text

OWN = ["OWNA Здравствуйте, акт не печатается.", "OWNB Подъезд к складу пропал?", "OWNC Жду ответа до вечера"]
THEIRS = ["QQA Установите обновление 5.2.1", "QQB и проверьте печать.", "QQC С уважением, служба поддержки"]
QUOTED = "\n".join(f"> {line}" for line in THEIRS)
SIGNED = {
    "": "",
    "standard": "-- \nАнна Соколова\nООО «Кама»",
    "closing": "С уважением,\nАнна Соколова\nинженер\nтел. +7 342 200-10-41",
    "phone": "Отправлено с iPhone",
    "english": "Best regards,\nAnna Sokolova\nKama LLC",
}
INTROS = {
    "gmail-ru": "пн, 16 нояб. 2026 г. в 10:15, АСМО <support@asmo.example>:",
    "gmail-en": "On Mon, Nov 16, 2026 at 10:15 AM ASMO <support@asmo.example> wrote:",
    "gmail-en-wrap": "On Mon, Nov 16, 2026 at 10:15 AM ASMO support desk of the long name\n<support@asmo.example> wrote:",
    "yandex": '16.11.2026, 10:15, "АСМО" <support@asmo.example>:',
    "mailru": "Понедельник, 16 ноября 2026, 10:15 +03:00 от АСМО <support@asmo.example>:",
    "mailru2": "> Понедельник, 16 ноября 2026, 10:15 +03:00 от АСМО <support@asmo.example>:",
    "tb-ru": "16.11.2026 10:15, АСМО пишет:",
    "tb-en": "On 16.11.2026 10:15, ASMO wrote:",
    "apple-ru": "16 нояб. 2026 г., в 10:15, АСМО <support@asmo.example> написал(а):",
    "apple-en": "> On 16 Nov 2026, at 10:15, ASMO <support@asmo.example> wrote:",
    "apple-en2": "On 16 Nov 2026, at 10:15, ASMO <support@asmo.example> wrote:",
    "roundcube": "АСМО писал 2026-11-16 10:15:",
    "rainloop": "16 ноября 2026 г., 10:15, АСМО <support@asmo.example> написал(а):",
    "k9": "16 ноября 2026 г. 10:15:00 GMT+03:00, АСМО <support@asmo.example> пишет:",
    "mutt": "On Mon, Nov 16, 2026 at 10:15:00AM +0300, ASMO wrote:",
    "evolution": "В Пн, 16/11/2026 в 10:15 +0300, АСМО пишет:",
    "bat-ru": "Вы писали 16 ноября 2026 г., 10:15:00:",
    "bat-bare": "Вы писали:",
    "bat-date": "Date: 16 ноября 2026 г., 10:15:00 Вы писали:",
    "claws": "On Mon, 16 Nov 2026 10:15:00 +0300\nASMO <support@asmo.example> wrote:",
}
HEADS = {
    "outlook-ru": "От: АСМО <support@asmo.example>\nОтправлено: 16 ноября 2026 г. 10:15\nКому: Анна <a@kama.example>\nТема: RE: Акт",
    "outlook-ru-day": "От: АСМО <support@asmo.example>\nОтправлено: понедельник, 16 ноября 2026 г. 10:15:02\nКому: Анна\nКопия: Пётр\nТема: RE: Акт",
    "outlook-en": "From: ASMO <support@asmo.example>\nSent: Monday, November 16, 2026 10:15 AM\nTo: Anna\nCc: Petr\nSubject: RE: Akt",
    "outlook-en-imp": "From: ASMO [mailto:support@asmo.example]\nSent: Monday, November 16, 2026 10:15 AM\nTo: 'Anna'\nSubject: RE: Akt\nImportance: High",
    "outlook-rule": "________________________________\nFrom: ASMO <support@asmo.example>\nSent: Monday, November 16, 2026 10:15 AM\nTo: Anna\nSubject: RE: Akt",
    "outlook-orig": "-----Original Message-----\nFrom: ASMO\nSent: Monday, November 16, 2026 10:15 AM\nTo: Anna\nSubject: RE: Akt",
    "owa-24": "От: АСМО <support@asmo.example>\nДата: понедельник, 16 ноября 2026 г. в 10:15\nКому: Анна\nТема: Акт",
    "bold": "*От:* АСМО <support@asmo.example>\n*Отправлено:* 16 ноября 2026 г. 10:15\n*Кому:* Анна\n*Тема:* Акт",
    "samsung": "-------- Исходное сообщение --------\nОт: АСМО <support@asmo.example>\nДата: 16.11.2026 10:15 (GMT+03:00)\nКому: Анна\nТема: Акт",
    "emclient": '------ Исходное сообщение ------\nОт: "АСМО" <support@asmo.example>\nКому: "Анна" <a@kama.example>\nДата: 16.11.2026 10:15:00\nТема: Акт',
    "lotus": "От:	АСМО <support@asmo.example>\nКому:	Анна\nДата:	16.11.2026 10:15\nТема:	Акт\n________________________________",
}
SAID = [
    "OWNA\n\nОт: склад\nДата: 16.11.2026 10:15\nOWNB Кому-то",
    "OWNA письмо:\n\nFrom: a@b.example\nSent: Monday, November 16, 2026 10:15 AM\nTo: c\nSubject: d\n\nOWNB",
    "OWNA\n-----\nOWNB\n-----\nOWNC",
    "OWNA\n--\nOWNB работает.",
    "OWNA\n__________\nOWNB\n__________\nOWNC",
    "OWNA 16.11.2026 10:15 Иван написал: OWNB",
    "OWNA\n\nВы писали:\n\nOWNB исправим завтра",
    "OWNA\n\nС уважением, Иван\n\nOWNB и ещё вопрос?",
    "OWNA\n\nС уважением, Иван\nOWNB: 5",
    "OWNA\n\nОтправлено с iPhone OWNB не открывается",
    "OWNA\n> команда OWNB\nOWNC",
    "OWNA\n\n-- OWNB\nOWNC",
    "1. OWNA\n2. OWNB\n> 3. OWNC\nконец",
    "OWNA\nForwarded message\nOWNB",
    "OWNA\nИсходное сообщение OWNB\nOWNC",
    "OWNA\n***\nOWNB",
    "OWNA\n\n#1 OWNB\n====\nOWNC",
    "OWNA\n\nOn the form I wrote: OWNB\n\nOWNC",
    "OWNA В понедельник, 16 ноября 2026 в 10:15, я написал:\nOWNB\n\nOWNC",
    "OWNA\n\n16.11.2026 10:15:22 ERROR support@asmo.example failed:\n\nOWNB stack\n\nOWNC",
    "OWNA\n\n2026-11-16 10:15 <support@asmo.example>:\nOWNB",
    "OWNA\n> QQA\n> QQB\nOWNB",
    "OWNA\n\n>>> print(1)\nOWNB\n>>> OWNC",
    "OWNA\n\nС уважением,\nИван\n\n> QQA\n\nOWNB ответ",
    "OWNA\n\nСпасибо!\nOWNB",
    "Печать: OWNA\nОт: OWNB\nКому: OWNC",
    "OWNA\n\n| a | OWNB |\n| b | OWNC |",
    'OWNA\n\n16.11.2026, 10:15, "OWNB" <a@b.example>:\nOWNC',
    "OWNA\n\nпн, 16 нояб. 2026 г. в 10:15, a <a@b.example>:\nOWNB прямо под строкой",
    "OWNA\n\nSent from the form: OWNB\nOWNC",
    "OWNA\nPost: Sent from my iPhone app fails OWNB",
    "OWNA\n\n-- \nИван",
    "OWNA\n\nИсходное сообщение:\n\nOWNB",
    "OWNA\n\nOriginal message: OWNB",
    "OWNA, если сумма\n> 1000 OWNB",
    "OWNA\n>>> print(1)\nOWNB",
    "OWNA\n\nОт: склад\nДата: 16.11.2026 10:15\nКому: цех\nТема: OWNB",
]


def _seen(raw):
    shown = parse(raw).visible_text
    return [mark for mark in ("OWNA", "OWNB", "OWNC") if mark in shown], [
        mark for mark in ("QQA", "QQB", "QQC") if mark in shown
    ]


def _above(words, signature):
    return "\n\n".join([*words, *([SIGNED[signature]] if signature else [])])


ALL = ["OWNA", "OWNB", "OWNC"]


@pytest.mark.parametrize(("intro", "signature"), [*itertools.product(INTROS, SIGNED)])
def test_an_answer_above_below_and_between_the_quotes_stays(intro, signature):
    top, end = INTROS[intro], f"\n\n{SIGNED[signature]}\n"
    between = f"{top}\n> {THEIRS[0]}\n{OWN[0]}\n> {THEIRS[1]}\n{OWN[1]}\n\n> {THEIRS[2]}\n\n{OWN[2]}{end}"
    both = f"{OWN[0]}\n\n{top}\n{QUOTED}\n\n{OWN[1]}\n\n{OWN[2]}{end}"

    assert _seen(text(f"{_above(OWN, signature)}\n\n{top}\n{QUOTED}\n")) == (ALL, [])
    assert _seen(text(f"{top}\n{QUOTED}\n\n{_above(OWN, signature)}\n")) == (ALL, [])
    assert [_seen(text(one))[0] for one in (between, both)] == [ALL, ALL]


@pytest.mark.parametrize(("head", "signature"), [*itertools.product(HEADS, SIGNED)])
def test_an_answer_above_a_whole_letter_stays_alone(head, signature):
    below = "\n".join(THEIRS)

    assert _seen(text(f"{_above(OWN, signature)}\n\n{HEADS[head]}\n\n{below}\n")) == (ALL, [])


@pytest.mark.parametrize("said", SAID)
def test_words_that_look_like_marks_of_a_program_stay(said):
    own = [mark for mark in ALL if mark in said]
    page = escape(said).replace("\n", "<br>")

    assert _seen(text(said))[0] == own
    assert _seen(multi("mixed", part("text/html; charset=utf-8", f"<div>{page}</div>")))[0] == own


def _divs(lines):
    return "".join(f"<div>{line}</div>" for line in lines)


OURS, QUOTE = _divs(OWN), _divs(THEIRS)
HEAD = (
    "<b>От:</b> АСМО &lt;support@asmo.example&gt;<br><b>Отправлено:</b> 16 ноября 2026 г. 10:15<br><b>Кому:</b> Анна<br>"
    "<b>Тема:</b> RE"
)
BORDER = "border:none;border-top:solid #E1E1E1 1.0pt"
BLANK = "<div>&nbsp;</div>"
APPLE = "<div>16 нояб. 2026 г., в 10:15, АСМО &lt;support@asmo.example&gt; написал(а):</div>"
PAGES = {
    "gmail, answer below": f'<div class="gmail_quote"><div class="gmail_attr">{escape(INTROS["gmail-ru"])}</div>'
    f'<blockquote class="gmail_quote">{QUOTE}</blockquote>{OURS}</div>',
    "outlook, its border": f'{OURS}<div style="{BORDER}"><p>{HEAD}</p></div>{QUOTE}',
    "outlook, new": f'{OURS}<div><div style="text-align:left;{BORDER}">{HEAD}</div>{QUOTE}</div>',
    "outlook, mac": f'{OURS}<span><div style="BORDER-TOP: #b5c4df 1pt solid;">{HEAD}</div>{QUOTE}</span>',
    "outlook, hard blanks": f"{OURS}{BLANK}<div>{HEAD}</div>{BLANK}{QUOTE}",
    "outlook, web": f'{OURS}<hr tabindex="-1"><div id="divRplyFwdMsg">{HEAD}</div>{QUOTE}',
    "yandex, answer below": f"<div>{escape(INTROS['yandex'])}</div><blockquote>{QUOTE}</blockquote>{OURS}",
    "apple": f'{OURS}<div><blockquote type="cite">{APPLE}{QUOTE}</blockquote></div>',
    "apple, answer below": f'<div><blockquote type="cite">{APPLE}{QUOTE}</blockquote></div>{OURS}',
    "never closed": f"{OURS}<blockquote><div>{THEIRS[0]}<p>{THEIRS[1]}",
}


@pytest.mark.parametrize("page", PAGES)
def test_an_answer_in_html_stays_alone(page):
    raw = multi("mixed", part("text/html; charset=utf-8", f"<html><body>{PAGES[page]}</body></html>"))

    assert _seen(raw) == (ALL, [])


@pytest.mark.parametrize("sign", [">", "ИП>", "IP> "])
def test_lines_with_initials_before_the_sign_are_a_quote(sign):
    assert _seen(text(f"OWNA\n\nВы писали:\n\n{sign} QQA\n{sign} QQB\n")) == (["OWNA"], [])


@pytest.mark.parametrize(
    "greeting", ["Здравствуйте, Иван Петрович.", "Добрый день!", "Уважаемая поддержка,", "Hello Support,"]
)
def test_a_quote_between_a_greeting_and_the_answer_goes_and_between_answers_stays(greeting):
    top = f"{greeting}\n\nВы писали 16 ноября 2026 г., 10:15:00:\n\n> QQA"

    assert _seen(text(f"{top}\n\nOWNA\n\n-- \nИван\n")) == (["OWNA"], [])
    assert _seen(text(f"{top}\n\nOWNA\n> QQB\n\nOWNB\n")) == (["OWNA", "OWNB"], ["QQA", "QQB"])
    assert greeting in parse(text(f"{top}\n\nOWNA\n")).visible_text
