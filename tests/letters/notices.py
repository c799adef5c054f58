"""Reports for programs (RFC 3464) as servers fill them in, and letters that look like one and are none."""

from tests.letters.build import multi, part, text
from tests.letters.postmen import LOST, OTHER, bounced

RETURNED = b"Message-ID: <t1042.abc@asmo.example>\r\nSubject: Re: Akt\r\nFrom: support@asmo.example\r\nTo: petr@kama.example\r\n"
# Name: the fields of each recipient, as servers fill in the form of RFC 3464, and what it means.
FORMS = {
    "postfix": ([f"rfc822; {LOST}|failed|5.1.1|smtp; 550 5.1.1 <{LOST}>: Recipient address rejected: User unknown"], [LOST, "5.1.1", True]),
    "postfix-late": ([f"rfc822; {LOST}|delayed|4.4.1|X-Postfix; connect to mx.kama.example[192.0.2.7]:25: Connection timed out"], [LOST, "4.4.1", False]),
    "postfix-dns": ([f"rfc822; {LOST}|failed|5.4.4|X-Postfix; Host or domain name not found"], [LOST, "5.4.4", True]),
    "exim": ([f"rfc822;{LOST}|failed|5.0.0|smtp; 550 5.1.1 no mailbox by that name"], [LOST, "5.1.1", True]),
    "microsoft": ([f"rfc822;{LOST}|failed|5.1.10|smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {LOST} not found by SMTP address lookup"], [LOST, "5.1.10", True]),
    "microsoft-blocked": ([f"rfc822;{LOST}|failed|5.7.708|smtp;550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP"], [LOST, "5.7.708", False]),
    "microsoft-expired": ([f"rfc822;{LOST}|failed|4.4.7|smtp;550 4.4.7 QUEUE.Expired; message expired"], [LOST, "4.4.7", False]),
    "gmail": ([f"rfc822; {LOST}|failed|5.1.1|smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking"], [LOST, "5.1.1", True]),
    "gmail-full": ([f"rfc822; {LOST}|failed|5.2.2|smtp; 552-5.2.2 The recipient's inbox is out of storage space"], [LOST, "5.2.2", False]),
    "gmail-dmarc": ([f"rfc822; {LOST}|failed|5.7.26|smtp; 550-5.7.26 Unauthenticated email from asmo.example is not accepted due to domain's DMARC policy"], [LOST, "5.7.26", False]),
    "mailru": ([f"rfc822; {LOST}|failed|5.0.0|smtp; 550 Message was not accepted -- invalid mailbox. Local mailbox {LOST} is unavailable: user not found"], [LOST, "5.0.0", True]),
    "mailru-full": ([f"rfc822; {LOST}|failed|5.0.0|smtp; 552 Mailbox is full / Quota exceeded"], [LOST, "5.0.0", False]),
    "mailru-spam": ([f"rfc822; {LOST}|failed|5.0.0|smtp; 550 spam message rejected. Please visit the page or report details to the administrator"], [LOST, "5.0.0", False]),
    "yandex": ([f"rfc822; {LOST}|failed|5.7.1|smtp; 550 5.7.1 No such user!"], [LOST, "5.7.1", True]),
    "yandex-policy": ([f"rfc822; {LOST}|failed|5.7.1|smtp; 550 5.7.1 Policy rejection on the target address"], [LOST, "5.7.1", False]),
    "lotus": ([f"rfc822;{LOST}|failed|5.1.1|X-Notes; User petr ({LOST}) not listed in Domino Directory"], [LOST, "5.1.1", True]),
    "amazon": ([f"rfc822; {LOST}|failed|5.4.14|smtp; 550 5.4.14 Hop count exceeded - possible mail loop"], [LOST, "5.4.14", False]),
    "disabled": ([f"rfc822; {LOST}|failed|5.2.1|smtp; 550 5.2.1 The email account that you tried to reach is disabled"], [LOST, "5.2.1", False]),
    "relay": ([f"rfc822; {LOST}|failed|5.7.1|smtp; 554 5.7.1 <{LOST}>: Relay access denied"], [LOST, "5.7.1", False]),
    "greylisted": ([f"rfc822; {LOST}|delayed|4.2.0|smtp; 450 4.2.0 <{LOST}>: Recipient address rejected: Greylisted"], [LOST, "4.2.0", False]),
    "null-mx": ([f"rfc822; {LOST}|failed|5.1.10|smtp; 556 5.1.10 Domain kama.example does not accept mail (nullMX)"], [LOST, "5.1.10", True]),
    "moved": ([f"rfc822; {LOST}|failed|5.1.6|smtp; 551 5.1.6 User has moved, no forwarding address"], [LOST, "5.1.6", True]),
    "utf-8": (["utf-8; пётр@кама.example|failed|5.1.1|smtp; 550 5.1.1 user unknown"], ["пётр@кама.example", "5.1.1", True]),
    "mixed": (
        [f"rfc822; {LOST}|failed|5.1.1|smtp; 550 5.1.1 User unknown", f"rfc822; {OTHER}|relayed|2.0.0|", "rfc822; anna@kama.example|delayed|4.2.2|smtp; 452 4.2.2 over quota"],
        [LOST, "5.1.1", True], [OTHER, "2.0.0", False], ["anna@kama.example", "4.2.2", False],
    ),
    "three": (
        [f"rfc822; {name}@kama.example|failed|5.1.1|smtp; 550 5.1.1 unknown user {name}" for name in ("a", "b", "c")],
        *([f"{name}@kama.example", "5.1.1", True] for name in ("a", "b", "c")),
    ),
}  # fmt: skip
# No letter of ours was lost by these: (subject, words, fields).
NO_BOUNCES = {
    "away": ("Автоответ: Акт", "Здравствуйте! Я в отпуске до 30 ноября. Ваше письмо не будет доставлено моему заместителю.", [("Auto-Submitted", "auto-replied")]),
    "left": ("Automatic reply: Akt", f"Petr no longer works here, his mailbox is not available. Please write to {OTHER}.", [("X-Auto-Response-Suppress", "All")]),
    "ticket-taken": ("[#512] Заявка принята", "Ваше письмо доставлено и зарегистрировано.", [("Auto-Submitted", "auto-generated")]),
    "list-digest": ("Недоставленные посылки: сводка", "Посылки не доставлены складом: 3 шт.", [("Precedence", "bulk")]),
}  # fmt: skip


def cases():
    for name, (lines, *reports) in FORMS.items():
        yield f"postman-form-{name}", _form(lines), bounced(reports)
    for name, (subject, words, fields) in NO_BOUNCES.items():
        yield f"postman-none-{name}", text(words, subject=subject, more=fields), bounced([], bounce=False)
    yield "postman-complaint", _complaint(), bounced([], bounce=False)


def _form(lines):
    blocks = ["Reporting-MTA: dns; mx.asmo.example\r\nArrival-Date: Mon, 16 Nov 2026 10:15:00 +0300\r\n"]
    for line in lines:
        recipient, action, status, diagnosis = line.split("|")
        block = f"Final-Recipient: {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        blocks.append(block + (f"Diagnostic-Code: {diagnosis}\r\n" if diagnosis else ""))
    status = part("message/delivery-status", "\r\n".join(blocks), "8bit")
    words = part("text/plain; charset=utf-8", "Your message could not be delivered.")
    return multi(
        "report", words, status, part("message/rfc822", RETURNED + b"\r\nAkt\r\n", "8bit"),
        parameters="; report-type=delivery-status", sender="MAILER-DAEMON@mx.asmo.example", subject="Delivery report",
        more=[("Return-Path", "<>")],
    )  # fmt: skip


def _complaint():
    """A feedback loop: somebody called our letter spam."""
    feedback = f"Feedback-Type: abuse\r\nUser-Agent: Loop/1.0\r\nVersion: 1\r\nOriginal-Rcpt-To: {LOST}\r\n"
    return multi(
        "report", part("text/plain", "This is an email abuse report."), part("message/feedback-report", feedback, "7bit"),
        part("message/rfc822", RETURNED + b"\r\nAkt\r\n", "7bit"), parameters="; report-type=feedback-report",
        sender="fbl@mail.example", subject="FW: Re: Akt",
    )  # fmt: skip
