"""Letters of programs (EI-14) and reports of what did not arrive (RFC 3464, or words)."""

from tests.letters.build import multi, part, said, text

MARKS = {
    "auto-replied": ("Auto-Submitted", "auto-replied"),
    "auto-generated": ("Auto-Submitted", "auto-generated (rejected)"),
    "auto-notified": ("Auto-Submitted", "auto-notified; owner-email=a@b.example"),
    "return-path": ("Return-Path", "<>"),
    "bulk": ("Precedence", "bulk"),
    "junk": ("Precedence", "junk"),
    "list": ("Precedence", "list"),
    "auto-reply-precedence": ("Precedence", "auto_reply"),
    "suppress": ("X-Auto-Response-Suppress", "DR, OOF, AutoReply"),
    "suppress-all": ("X-Auto-Response-Suppress", "All"),
    "list-id": ("List-Id", "<news.kama.example>"),
    "unsubscribe": ("List-Unsubscribe", "<mailto:off@kama.example>"),
    "autoreply": ("X-Autoreply", "yes"),
    "autorespond": ("X-Autorespond", "Re: you"),
    "loop": ("X-Loop", "anna@kama.example"),
}
NOT_MARKS = {
    "no": ("Auto-Submitted", "no"),
    "first-class": ("Precedence", "first-class"),
    "path": ("Return-Path", "<anna@kama.example>"),
}
SUBJECTS = (
    "Автоматический ответ: Акт",
    "Автоответ: Акт",
    "Out of office: report",
    "Automatic reply: Акт",
    "Auto: report",
)
DAEMONS = ("MAILER-DAEMON@kama.example", "postmaster@kama.example", "noreply@kama.example", "no-reply@kama.example")

LOST = "petr@kama.example"
RETURNED = b"Message-ID: <t1042.abc@asmo.example>\r\nSubject: Re: Akt\r\nFrom: support@asmo.example\r\n"

RECEIPT = multi(
    "report",
    part("text/plain; charset=utf-8", "Письмо прочитано."),
    part(
        "message/disposition-notification",
        f"Final-Recipient: rfc822; {LOST}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n",
        "7bit",
    ),
    parameters="; report-type=disposition-notification",
)


def cases():
    for name, field in MARKS.items():
        yield f"robot-{name}", text(more=[field]), said(machine=True)
    for name, field in NOT_MARKS.items():
        yield f"person-{name}", text(more=[field]), said()
    second = text(more=[("Precedence", "first-class"), ("Precedence", "bulk")])
    yield "robot-second-precedence", second, said(machine=True)
    for number, subject in enumerate(SUBJECTS, 1):
        yield f"robot-subject-{number}", text(subject=subject), said(machine=True, subject=subject)
    for sender in DAEMONS:
        yield f"robot-{sender.partition('@')[0].lower()}", text(sender=sender), said(machine=True, **{"from": sender})
    yield from _formal()
    yield from _in_words()


def _status(code, action="failed", diagnosis="", recipient=LOST):
    text_ = f"Reporting-MTA: dns; mx.asmo.example\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {code}\r\n"
    return text_ + (f"Diagnostic-Code: smtp; {diagnosis}\r\n" if diagnosis else "")


def _report(status, words="Письмо не доставлено.", returned=RETURNED):
    return multi(
        "report",
        part("text/plain; charset=utf-8", words),
        part("message/delivery-status", status, "7bit"),
        part("text/rfc822-headers", returned, "7bit"),
        parameters="; report-type=delivery-status",
        sender="MAILER-DAEMON@asmo.example",
        subject="Undelivered Mail Returned to Sender",
        more=[("Return-Path", "<>")],
    )


def _formal():
    kinds = {
        "no-user": ("5.1.1", "failed", "550 5.1.1 <petr@kama.example>: Recipient address rejected: User unknown", True),
        "no-host": ("5.4.4", "failed", "Host or domain name not found", True),
        "full": ("5.2.2", "failed", "552 5.2.2 Mailbox full", False),
        "spam": ("5.7.1", "failed", "550 5.7.1 Message rejected as spam", False),
        "too-big": ("5.3.4", "failed", "552 5.3.4 Message too big", False),
        "late": ("4.4.1", "delayed", "connect to mx.kama.example: Connection timed out", False),
        "expired": ("4.4.7", "failed", "delivery temporarily suspended: message expired", False),
        "no-user-general": ("5.0.0", "failed", "550 Unknown user petr@kama.example", True),
        "exchange": (
            "5.1.10",
            "failed",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup",
            True,
        ),
    }
    for name, (code, action, diagnosis, hard) in kinds.items():
        reports = [[LOST, code, hard]]
        yield f"bounce-{name}", _report(_status(code, action, diagnosis)), _bounced(reports)
    two = (
        _status("5.1.1", diagnosis="550 5.1.1 User unknown")
        + "\r\nFinal-Recipient: rfc822; oleg@kama.example\r\nAction: failed\r\nStatus: 5.2.2\r\n"
    )
    yield "bounce-two", _report(two), _bounced([[LOST, "5.1.1", True], ["oleg@kama.example", "5.2.2", False]])
    done = _report(_status("2.0.0", "delivered"))
    yield "report-delivered", done, _bounced([[LOST, "2.0.0", False]], bounce=False)
    yield "report-read", RECEIPT, said(machine=True, reports=[])


def _bounced(reports, *, bounce=True, **more):
    wanted = said(machine=True, bounce=bounce, reports=reports, **more)
    for name in ("from", "subject"):
        wanted.pop(name)
    return wanted


def _in_words():
    daemon = "Mail Delivery System <MAILER-DAEMON@asmo.example>"
    words = {
        "qmail": (
            "failure notice",
            (
                "Hi. This is the qmail-send program at asmo.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
                f"This is a permanent error; I've given up. Sorry it didn't work out.\n\n<{LOST}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
                "--- Below this line is a copy of the message.\n\nMessage-ID: <t1042.abc@asmo.example>\n"
            ),
            ["5.1.1", True],
        ),
        "exim": (
            "Mail delivery failed: returning message to sender",
            (
                "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\n"
                f"recipients. This is a permanent error. The following address(es) failed:\n\n  {LOST}\n    host mx.kama.example [192.0.2.7]\n"
                "    SMTP error from remote mail server after RCPT TO:\n    550 5.1.1 no such user here\n\n------ This is a copy of the message, including all the headers. ------\n"
            ),
            ["5.1.1", True],
        ),
        "gmail": (
            "Delivery Status Notification (Failure)",
            (
                f"Delivery to the following recipient failed permanently:\n\n     {LOST}\n\nTechnical details of permanent failure:\n"
                "The error that the other server returned was:\n550 5.7.1 Message blocked as spam\n\n----- Original message -----\n"
            ),
            ["5.7.1", False],
        ),
        "yandex": (
            "Недоставленное сообщение",
            (
                "Это письмо отправлено почтовым сервером.\n\nК сожалению, мы вынуждены сообщить, что Ваше письмо не может\nбыть доставлено одному или нескольким адресатам.\n\n"
                f"<{LOST}>: host mx.kama.example[192.0.2.7] said: 550 5.1.1 такого пользователя нет\n"
            ),
            ["5.1.1", True],
        ),
        "exchange-ru": (
            "Не удалось доставить: Акт сверки",
            f"Сообщение не доставлено следующим получателям:\n\n{LOST}\n\nПочтовый ящик получателя переполнен и не принимает сообщения.\n",
            ["", False],
        ),
        "late": (
            "Warning: message delayed 24 hours",
            f"This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its recipients.\n\n  {LOST}\n    Delay reason: Connection timed out\n\nNo action is required on your part. Delivery attempts will continue; the message is delayed.\n",
            ["", False],
        ),
    }
    for name, (subject, body, (code, hard)) in words.items():
        raw = text(body, sender=daemon, subject=subject, more=[("Return-Path", "<>")])
        yield f"bounce-words-{name}", raw, _bounced([[LOST, code, hard]])
    person = "Коллеги, вчера письмо вернулось: user unknown. Проверьте, пожалуйста, адрес petr@kama.example."
    yield "bounce-told-by-a-person", text(person), said(text=person, reports=[])
