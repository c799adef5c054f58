"""Programs at the other end: each answers every letter it gets, in its own manner, under a new Message-ID."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

from asmo_support.channels.email import send
from asmo_support.channels.identity import Identity
from asmo_support.channels.models import Delivery
from asmo_support.tickets import events
from tests.parts.letters import SUPPORT, answer_to, letter

HOME = "robot@test.example"
AWAY = ("До понедельника меня не будет", "Буду в офисе позже", "Прочту ваше письмо, когда вернусь", "На связи с утра")


@dataclass(frozen=True)
class Robot:
    """`answer`: what it makes of the n-th letter it got. `seen`: what the desk sees of it in tickets. `after`: in how
    many minutes it answers. `writes`: how many letters it sends by itself, a minute apart. `hears`: how many letters
    reach it at least.
    """

    answer: Callable[[EmailMessage, int], bytes]
    seen: str = events.LOOP_STOPPED
    after: int = 1
    writes: int = 0
    hears: int = 3


def varied(number: int) -> str:
    return f"{AWAY[number % len(AWAY)]}. {uuid4().hex[:8]}"


def clean(got: EmailMessage, number: int) -> bytes:
    return answer_to(got, HOME, text=varied(number), Auto_Submitted="auto-replied")


def clean_without_thread(got: EmailMessage, number: int) -> bytes:
    return letter(HOME, subject=f"Автоответ: {got['Subject']}", text=varied(number), Auto_Submitted="auto-replied")


def absent(got: EmailMessage, number: int) -> bytes:
    return letter(HOME, subject=f"Re: {got['Subject']}", text=varied(number))


def absent_in_thread(got: EmailMessage, number: int) -> bytes:
    return answer_to(got, HOME, text=varied(number))


def absent_in_silence(_got: EmailMessage, number: int) -> bytes:
    return letter(HOME, subject=varied(number), text=varied(number + 1))


def returned(got: EmailMessage, number: int) -> bytes:
    report = EmailMessage(policy=SMTP)
    report["From"], report["To"] = "MAILER-DAEMON@test.example", SUPPORT
    report["Subject"], report["Return-Path"] = "Undelivered Mail Returned to Sender", "<>"
    report["Message-ID"] = f"<{uuid4().hex}@test.example>"
    words = f"<{HOME}>: 550 5.1.1 user unknown ({number})"
    report.set_content(f"{words}\n\n------ original ------\nMessage-ID: {got['Message-ID']}\n")
    return report.as_bytes()


def desk(got: EmailMessage, number: int) -> bytes:
    text = f"Ваше обращение принято, номер {2000 + number}. {varied(number)}"
    return letter(HOME, subject=f"[Ticket#{2000 + number}] Принято: {got['Subject']}", text=text)


def own_kind(got: EmailMessage, number: int) -> bytes:
    """Another installation of ours: its letter about the ticket it made of ours."""
    them = Identity(HOME, "Поддержка другого завода", HOME, frozenset({HOME}))
    body = got.get_body(("plain",)).get_content()
    delivery = Delivery(
        address=SUPPORT, subject=f"[№ {number + 1}] Зарегистрировано: {got['Subject']}", text=body,
        reply_to=f"robot+t{number + 1}.aaaaaaaaaaaaaaaa@test.example", references=str(got["Message-ID"]).strip("<>"),
        message_id=f"t{number + 1}.{uuid4().hex[:16]}.aaaaaaaaaaaaaaaa@test.example",
    )  # fmt: skip
    return send.message(delivery, them).as_bytes()


def own_kind_stripped(got: EmailMessage, number: int) -> bytes:
    """The same behind a gateway that lets no field but the usual ones through."""
    text = own_kind(got, number)
    marks = (b"Auto-Submitted", b"X-Auto-Response-Suppress", b"In-Reply-To", b"References")
    return b"\r\n".join(line for line in text.split(b"\r\n") if not line.startswith(marks))


def echo(got: EmailMessage, _number: int) -> bytes:
    return letter(HOME, subject=str(got["Subject"]), text=got.get_body(("plain",)).get_content())


def forwarder(got: EmailMessage, number: int) -> bytes:
    head = f"-------- Пересылаемое сообщение --------\nОт кого: {got['From']}\nТема: {got['Subject']}\n\n"
    body = got.get_body(("plain",)).get_content()
    return letter(HOME, subject=f"Fwd: {got['Subject']}", text=f"{head}{body}\n{varied(number)}")


def redirector(got: EmailMessage, number: int) -> bytes:
    return f"Resent-From: {HOME}\r\nResent-Message-ID: <{number}@test.example>\r\n".encode() + got.as_bytes(policy=SMTP)


def ourselves(got: EmailMessage, number: int) -> bytes:
    return letter(str(got["Reply-To"].addresses[0].addr_spec), subject=f"Re: {got['Subject']}", text=varied(number))


ROBOTS = {
    "auto-reply": Robot(clean, seen=events.MACHINE_ANSWERED),
    "auto-reply-without-thread": Robot(clean_without_thread, seen=events.MACHINE_ANSWERED),
    "out-of-office": Robot(absent),
    "out-of-office-late": Robot(absent, after=25),
    "out-of-office-in-thread": Robot(absent_in_thread, seen=events.MESSAGE),
    "out-of-office-in-silence": Robot(absent_in_silence),
    "returned": Robot(returned, seen=events.LETTER_FAILED, hears=1),
    "help-desk": Robot(desk),
    "our-own-kind": Robot(own_kind, seen=events.MACHINE_ANSWERED),
    "our-own-kind-stripped": Robot(own_kind_stripped),
    "echo": Robot(echo),
    "forwarder": Robot(forwarder),
    "redirector": Robot(redirector),
    "our-own-address": Robot(ourselves),
    "form-of-bombs": Robot(absent_in_silence, writes=40),
}
