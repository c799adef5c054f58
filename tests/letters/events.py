"""Calendar invitations that come without a word beside them, and letters bound into a digest."""

from tests.letters.build import BODY, inner, multi, part, said, text, word

GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
DTSTART:20261120T070000Z
DTEND:20261120T083000Z
DTSTAMP:20261116T071500Z
ORGANIZER;CN="Анна Соколова, бухгалтер":mailto:anna@kama.example
UID:7kukuqrfedlm@google.com
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=T
 RUE;CN=support@asmo.example;X-NUM-GUESTS=0:mailto:support@asmo.example
ATTENDEE;CN=Пётр Ильин;PARTSTAT=ACCEPTED:mailto:petr@kama.example
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Разбор ошибки\\, склад
LOCATION:Пермь\\, каб. 7
DESCRIPTION:Покажем\\, как пропадает подъезд.\\nВозьмите журнал.\\n\\n-::~:~::~:~:~:~:~::~:~::-\\nПодключиться: https://meet.example/abc\\n-::~:~::~:~:~:~:~::~:~::-
END:VEVENT
END:VCALENDAR
"""
GOOGLE_SAYS = """Приглашение: Разбор ошибки, склад
Когда: 20 ноября 2026 г., 10:00–11:30, московское время
Где: Пермь, каб. 7
Приглашает: Анна Соколова, бухгалтер <anna@kama.example>
Участники: support@asmo.example, Пётр Ильин <petr@kama.example>

Покажем, как пропадает подъезд.
Возьмите журнал.

Подключиться: https://meet.example/abc"""
OUTLOOK = """BEGIN:VCALENDAR
METHOD:CANCEL
PRODID:Microsoft Exchange Server 2010
BEGIN:VTIMEZONE
TZID:Russian Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ORGANIZER;CN=Анна:mailto:anna@kama.example
BEGIN:VALARM
DESCRIPTION:REMINDER
SUMMARY:не это
END:VALARM
SUMMARY;LANGUAGE=ru-RU:Отменено: показ склада
DTSTART;TZID=Russian Standard Time:20261120T100000
DTEND;TZID=Russian Standard Time:20261121T110000
SEQUENCE:3
LOCATION;LANGUAGE=ru-RU:
END:VEVENT
END:VCALENDAR
"""
OUTLOOK_SAYS = """Встреча отменена: Отменено: показ склада
Когда: 20 ноября 2026 г., 10:00 – 21 ноября 2026 г., 11:00, московское время
Приглашает: Анна <anna@kama.example>"""
YANDEX = """BEGIN:VCALENDAR
PRODID:-//Yandex LLC//Yandex Calendar//EN
METHOD:REQUEST
BEGIN:VEVENT
DTSTART;TZID=Asia/Yekaterinburg:20261120T120000
DURATION:PT45M
SUMMARY:Созвон
SEQUENCE:2
RRULE:FREQ=WEEKLY;BYDAY=FR;INTERVAL=1
ORGANIZER;CN=Анна:mailto:anna@kama.example
END:VEVENT
END:VCALENDAR
"""
YANDEX_SAYS = """Приглашение изменено: Созвон
Когда: 20 ноября 2026 г., 12:00–12:45 (Asia/Yekaterinburg)
Повторяется: по неделям
Приглашает: Анна <anna@kama.example>"""
DAYS = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261228
DTEND;VALUE=DATE:20270101
SUMMARY:Stocktaking
END:VEVENT
END:VCALENDAR
"""
DAYS_SAYS = "Invitation: Stocktaking\nWhen: 28 December 2026 – 31 December 2026, all day"
REPLY = """BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
ATTENDEE;PARTSTAT=DECLINED;CN=Anna:mailto:anna@kama.example
DTSTART:20261120T070000Z
SUMMARY:Call
END:VEVENT
END:VCALENDAR
"""
REPLY_SAYS = (
    "Invitation declined: Call\nWhen: 20 November 2026, 10:00, Moscow time\nAnswer from: Anna <anna@kama.example>"
)
STRANGE = """BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20261399T000000
SUMMARY:Показ
END:VEVENT
"""
STRANGE_SAYS = "Приглашение: Показ\nКогда: 20261399T000000"


def cases():
    yield from _events()
    yield from _digests()


def _events():
    calendars = {
        "google": (GOOGLE, GOOGLE_SAYS), "outlook": (OUTLOOK, OUTLOOK_SAYS), "yandex": (YANDEX, YANDEX_SAYS),
        "days": (DAYS, DAYS_SAYS), "reply": (REPLY, REPLY_SAYS), "strange": (STRANGE, STRANGE_SAYS),
    }  # fmt: skip
    for name, (calendar, says) in calendars.items():
        one = part("text/calendar; charset=utf-8", calendar)
        wanted = said(text=says, visible=says, kinds=["calendar"], names=["text.ics"])
        yield f"event-{name}", multi("mixed", one), wanted
    blank = part("text/plain; charset=utf-8", " \n"), part("text/html; charset=utf-8", "<p>&nbsp;</p>")
    both = inner("alternative", *blank, part("text/calendar; charset=utf-8; method=REQUEST", YANDEX), boundary="in")
    file = part('application/ics; name="invite.ics"', YANDEX, Content_Disposition="attachment")
    wanted = said(text=YANDEX_SAYS, names=["text.ics", "invite.ics"], kinds=["calendar", "calendar"])
    yield "event-beside-blanks", multi("mixed", both, file), wanted
    told = multi("mixed", part("text/plain; charset=utf-8", BODY), file)
    yield "event-beside-words", told, said(text=BODY, names=["invite.ics"])


def _digests():
    letter = text("Привет из подшивки", subject="Вложенное", sender=f"{word('Пётр Ильин')} <petr@kama.example>")
    shown = (
        "From: Пётр Ильин <petr@kama.example>\nDate: Mon, 16 Nov 2026 10:15:00 +0300\nTo: support@asmo.example\n"
        "Subject: Вложенное\n\nПривет из подшивки"
    )
    bound = {"bare": b"\r\n" + letter, "typed": b"Content-Type: message/rfc822\r\n\r\n" + letter}
    for name, one in bound.items():
        twice = said(text=f"{shown}\n\n{shown}", kinds=["letter", "letter"], names=["Вложенное.eml", "Вложенное.eml"])
        yield f"digest-{name}", multi("digest", one, one), twice
    whole = multi("mixed", part("text/plain; charset=utf-8", BODY), inner("digest", bound["bare"], boundary="in"))
    yield "digest-beside-words", whole, said(text=f"{BODY}\n\n{shown}", visible=BODY, kinds=["letter"])
    late = multi("mixed", b"Content-Type: message/rfc822\r\n\r\n\r\n" + letter)
    yield "digest-blank-line-first", late, said(text=shown, kinds=["letter"])
