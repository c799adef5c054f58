"""Letters as people and programs send them."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from uuid import uuid4

SUPPORT = "support@vendor.example"


def letter(
    sender: str,
    *,
    subject: str = "Не печатается форма 2-ТП",
    text: str = "Печать даёт пустой лист.",
    to: str = SUPPORT,
    files: dict[str, bytes] | None = None,
    **headers: str,
) -> bytes:
    """The bytes of a letter; `headers` with underscores for hyphens, `None` leaves one out."""  # fmt: skip
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Отправитель", addr_spec=sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = subject
    message["Message-ID"] = headers.pop("message_id", f"<{uuid4().hex}@mail.example>")
    message["Date"] = "Tue, 17 Nov 2026 10:00:00 +0300"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def answer_to(received: EmailMessage, sender: str, *, text: str, **headers: str) -> bytes:
    """What a mail program makes of «Ответить»: to Reply-To, with the chain, above a quotation."""
    quoted = "\n".join(f"> {line}" for line in received.get_body(("plain",)).get_content().splitlines())
    target = received["Reply-To"].addresses[0].addr_spec if received["Reply-To"] else SUPPORT
    return letter(
        sender,
        subject=f"Re: {received['Subject']}",
        to=target,
        text=f"{text}\n\n17.11.2026 12:00, АСМО-поддержка пишет:\n{quoted}\n",
        In_Reply_To=str(received["Message-ID"]),
        References=f"{received['References'] or ''} {received['Message-ID']}".strip(),
        **headers,
    )
