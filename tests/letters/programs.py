"""Answers and forwards as common mail programs write them, in Russian and English: what of them is new."""

from tests.letters.build import multi, part, said, text

OWN = "Спасибо, проверили: акт печатается.\n\nНо подъезд к складу так и не появился."
ASKED = "Добрый день!\nУстановите обновление 5.2.1 и проверьте печать.\nС уважением, служба поддержки"
QUOTED = "\n".join("> " + line for line in ASKED.split("\n"))
ENGLISH = "Thanks, the report prints now.\n\nThe warehouse entrance is still missing."

INTROS = {
    "gmail-ru": "пн, 16 нояб. 2026 г. в 10:15, АСМО поддержка <support@asmo.example>:",
    "gmail-ru-old": '16 ноября 2026 г., 10:15 пользователь "АСМО поддержка" <\nsupport@asmo.example> написал:',
    "gmail-en": "On Mon, Nov 16, 2026 at 10:15 AM ASMO support <support@asmo.example> wrote:",
    "gmail-en-split": "On Mon, Nov 16, 2026 at 10:15 AM ASMO support with a long name <\nsupport@asmo.example> wrote:",
    "yandex": '16.11.2026, 10:15, "АСМО поддержка" <support@asmo.example>:',
    "yandex-2": "10:15, 16 ноября 2026 г., АСМО поддержка <support@asmo.example>:",
    "mailru": "Понедельник, 16 ноября 2026, 10:15 +03:00 от АСМО поддержка <support@asmo.example>:",
    "thunderbird-ru": "16.11.2026 10:15, АСМО поддержка пишет:",
    "thunderbird-ru-old": "АСМО поддержка <support@asmo.example> писал(а) 16.11.2026 10:15:",
    "thunderbird-en": "On 11/16/26 10:15, ASMO support wrote:",
    "apple-ru": "16 нояб. 2026 г., в 10:15, АСМО поддержка <support@asmo.example> написал(а):",
    "apple-en": "On 16 Nov 2026, at 10:15, ASMO support <support@asmo.example> wrote:",
    "roundcube-ru": "АСМО поддержка писал 2026-11-16 10:15:",
    "roundcube-en": "On 2026-11-16 10:15, ASMO support wrote:",
    "k9-ru": "16 ноября 2026 г. 10:15:00 GMT+03:00, АСМО поддержка <support@asmo.example> пишет:",
    "ukrainian": "16 лист. 2026 р. 10:15 АСМО <support@asmo.example> пише:",
}
HEADS = {
    "outlook-ru": "От: АСМО поддержка <support@asmo.example>\nОтправлено: 16 ноября 2026 г. 10:15\nКому: Анна\nТема: RE: Акт",
    "outlook-ru-cc": (
        "From: АСМО поддержка <support@asmo.example>\nSent: Monday, November 16, 2026 10:15 AM\nTo: Анна\n"
        "Cc: Пётр <petr@kama.example>\nSubject: RE: Акт"
    ),
    "outlook-rule": (
        "________________________________\nОт: АСМО поддержка\nОтправлено: понедельник, 16 ноября 2026 г. 10:15:02\n"
        "Кому: Анна\nТема: Акт"
    ),
    "outlook-original": "-----Original Message-----\nFrom: ASMO [mailto:support@asmo.example]\nSent: Monday\nTo: Anna\nSubject: RE",
    "outlook-ru-original": "-----Исходное сообщение-----\nОт: АСМО\nОтправлено: 16.11.2026\nКому: Анна\nТема: Акт",
    "bat": "-----Original Message-----\nFrom: АСМО\nTo: Анна\nDate: 16.11.2026, 10:15\nSubject: Акт",
    "mailru-forward": (
        "-------- Пересылаемое сообщение --------\nОт кого: АСМО <support@asmo.example>\nКому: Анна\n"
        "Дата: Понедельник, 16 ноября 2026, 10:15 +03:00\nТема: Акт"
    ),
    "yandex-forward": ('-------- Пересылаемое сообщение--------\n16.11.2026, 10:15, "АСМО" <support@asmo.example>:'),
    "gmail-forward": (
        "---------- Forwarded message ---------\nОт: АСМО <support@asmo.example>\nDate: пн, 16 нояб. 2026 г. в 10:15\n"
        "Subject: Акт\nTo: Анна <anna@kama.example>"
    ),
    "apple-forward": (
        "Начало переадресованного сообщения:\n\nОт: АСМО <support@asmo.example>\nТема: Акт\n"
        "Дата: 16 ноября 2026 г., 10:15:00 GMT+3\nКому: Анна"
    ),
    "thunderbird-forward": (
        "-------- Перенаправленное сообщение --------\nТема: \tАкт\nДата: \tMon, 16 Nov 2026 10:15\n"
        "От: \tАСМО <support@asmo.example>\nКому: \tАнна"
    ),
}
SIGNED = {
    "dashes": "-- \nАнна Соколова\nООО «Кама-Металл»\n+7 900 000-00-00",
    "dashes-bare": "--\nАнна Соколова, бухгалтер",
    "iphone-ru": "Отправлено с iPhone",
    "iphone-en": "Sent from my iPhone",
    "mailru-app": "Отправлено из мобильной Почты Mail.ru",
    "yandex-app": "Отправлено из мобильной Яндекс Почты",
    "samsung": "Отправлено с моего Samsung Galaxy",
    "outlook-app": "Отправлено из Outlook для Android",
    "rule": "__________________\nАнна Соколова",
    "closing": "С уважением, Соколова Анна\nглавный бухгалтер\nООО «Кама-Металл»\nтел. +7 342 200-10-41",
    "closing-en": "Best regards,\nAnna Sokolova\nKama LLC",
    "outlook-app-link": "Получить Outlook для Android<https://aka.ms/AAb9ysg>",
}


def cases():
    yield from _plain()
    yield from _html()
    yield from _unsure()


def _plain():
    for name, intro in INTROS.items():
        yield f"answer-{name}", text(f"{OWN}\n\n{intro}\n\n{QUOTED}\n"), said(visible=OWN)
        yield f"answer-below-{name}", text(f"{intro}\n{QUOTED}\n\n{OWN}\n"), said(visible=OWN)
    for name, head in HEADS.items():
        yield f"head-{name}", text(f"{OWN}\n\n{head}\n\n{ASKED}\n"), said(visible=OWN)
    for name, signature in SIGNED.items():
        yield f"signed-{name}", text(f"{OWN}\n\n{signature}\n"), said(visible=OWN)
        whole = f"{OWN}\n\n{signature}\n\n{INTROS['apple-ru']}\n\n{QUOTED}\n"
        yield f"signed-{name}-answer", text(whole), said(visible=OWN)
    english = f"{ENGLISH}\n\n{INTROS['gmail-en']}\n{QUOTED}"
    yield "answer-english", text(english), said(visible=ENGLISH)


def _html():
    own = (
        "<div>Спасибо, проверили: акт печатается.</div><div><br></div><div>Но подъезд к складу так и не появился.</div>"
    )
    asked = "<div>Добрый день!</div><div>Установите обновление 5.2.1 и проверьте печать.</div>"
    intro = "16.11.2026, 10:15, «АСМО» &lt;<a href='mailto:support@asmo.example'>support@asmo.example</a>&gt;:"
    bodies = {
        "gmail": f'<div dir="ltr">{own}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">пн, 16 нояб. 2026 г. в 10:15, АСМО '
        f'&lt;<a href="mailto:support@asmo.example">support@asmo.example</a>&gt;:<br></div><blockquote class="gmail_quote">{asked}</blockquote></div>',
        "gmail-signature": f'<div dir="ltr">{own}<div><br></div>-- <br><div class="gmail_signature" data-smartmail="gmail_signature">Анна<br>бухгалтер</div></div>',
        "yandex": f"{own}<div>&nbsp;</div><div>{intro}</div><blockquote>{asked}</blockquote>",
        "mailru": f'{own}<blockquote style="border-left:1px solid #0857A6;"><div>Понедельник, 16 ноября 2026, 10:15 +03:00 от АСМО '
        f"&lt;support@asmo.example&gt;:</div>{asked}</blockquote>",
        "outlook": f'<div class="WordSection1">{own}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> АСМО &lt;support@asmo.example&gt;<br>'
        f"<b>Sent:</b> Monday, November 16, 2026 10:15 AM<br><b>To:</b> Анна<br><b>Subject:</b> RE: Акт</p></div></div>{asked}</div>",
        "outlook-web": f'{own}<hr tabindex="-1"><div id="divRplyFwdMsg"><b>От:</b> АСМО &lt;support@asmo.example&gt;<br><b>Отправлено:</b> 16 ноября 2026 г. 10:15<br>'
        f"<b>Кому:</b> Анна<br><b>Тема:</b> Акт</div>{asked}",
        "apple": f'{own}<br><div><blockquote type="cite"><div>16 нояб. 2026 г., в 10:15, АСМО &lt;support@asmo.example&gt; написал(а):</div>{asked}</blockquote></div>',
        "thunderbird": f'{own}<div class="moz-cite-prefix">16.11.2026 10:15, АСМО пишет:<br></div><blockquote type="cite">{asked}</blockquote>'
        '<div class="moz-signature">-- <br>Анна</div>',
        "hidden": f'{own}<div style="display:none">не для глаз</div>',
    }
    for name, body in bodies.items():
        letter = multi("mixed", part("text/html; charset=utf-8", f"<html><body>{body}</body></html>"))
        yield f"html-{name}", letter, said(visible=OWN)
    both = multi("alternative", part("text/plain; charset=utf-8", OWN), part("text/html; charset=utf-8", own))
    yield "html-and-text", both, said(text=OWN, visible=OWN, html_contains=["<div>"])


def _unsure():
    """Where a rule could swallow the customer's own words: everything stays."""
    own = {
        "clock": "16.11.2026 в 10:15 оператор написал:\nсервер недоступен, ждите.\n\nЖдём уже час.",
        "point-by-point": "> Версия?\n5.2.1\n\n> Печатает?\nНет",
        "labels": "От: склад 1\nДо: склад 2\nне проводится перемещение.",
        "sent-by-mistake": "Отправлено с ошибкой, прошу удалить прошлое письмо.",
        "code": "Запрос:\n\n```\n-- выборка\nselect 1\n```\n\nпадает.",
        "table": "| склад | остаток |\n| 1 | 5 |\n| 2 | 7 |",
        "only-quote": "> Акт сверки",
        "subject-line": "Тема: печать\nНе печатается акт.",
        "closing-question": "Печатается.\n\nС уважением, Анна\nА когда исправите подъезд?",
        "closing-number": "Печатается.\n\nС уважением, Анна\nОшибка 0x80070005",
        "closing-postscript": "Печатается.\n\nС уважением, Анна Соколова\nтел. +7 342 200-10-41\n\nP.S. Подъезд пропал.",
        "mobile-sentence": "Отправлено с iPhone клиента, не открывается.",
        "dash-list": "- первое\n- второе\n-- третье",
        "date-first": "16.11.2026 обновились, 17.11.2026 перестало печатать:\nпустой лист.",
    }
    for name, body in own.items():
        yield f"unsure-{name}", text(body), said(visible=body)
    forwarded = f"{HEADS['mailru-forward']}\n\nНе печатается акт."
    yield "forward-without-a-word", text(forwarded), said(visible=forwarded, forwarded_from="support@asmo.example")
