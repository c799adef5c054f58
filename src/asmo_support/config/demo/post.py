"""Letters of the demo that wait for a person: from two whom nobody knows, one of a known domain; one unreadable."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

from asmo_support.channels.inbox import Incoming, keep


def bring(now: datetime) -> None:
    """Put them at the door; the worker reads them like any others."""
    keep(Incoming(raw=_from_nobody(), received_at=now - timedelta(hours=3)))
    keep(Incoming(raw=_from_a_customer(), received_at=now - timedelta(hours=2, minutes=20)))
    keep(Incoming(raw=_bomb(), received_at=now - timedelta(hours=2)))


def _from_nobody() -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = "Глеб Норкин <norkin@uralpromstroy.example>"
    letter["To"] = "support@demo.example"
    letter["Subject"] = "Не открывается отчёт по складу, помогите"
    letter["Message-ID"] = "<20261120.4711@uralpromstroy.example>"
    letter.set_content(
        "Добрый день!\n\nМы купили АСМО-Склад в прошлом году, договор оформлен на ООО «Уралпромстрой».\n"
        "С утра отчёт «Остатки на дату» открывается пустым. Подскажите, куда смотреть.\n\nС уважением, Глеб Норкин",
    )
    return letter.as_bytes()


def _from_a_customer() -> bytes:
    """A colleague of people we know, who is not in the list yet."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = "Игорь Лосев <losev@kama.example>"
    letter["To"] = "support@demo.example"
    letter["Subject"] = "Не пускает в модуль «Кадры»"
    letter["Message-ID"] = "<20261120.0815@kama.example>"
    letter.set_content(
        "Здравствуйте!\n\nВышел на работу в отдел кадров вместо Олега Панина. Модуль «Кадры» пишет, что у меня нет"
        " доступа.\nЧто сделать, чтобы он открылся?\n\nИгорь Лосев, Кама-Металл"
    )
    return letter.as_bytes()


def _bomb() -> bytes:
    """A header of a megabyte: what some senders send, and what stops other readers for a minute."""
    return b"From: " + b"a@b.example, " * 90_000 + b"\r\nSubject: price list\r\n\r\nSee the file.\r\n"
