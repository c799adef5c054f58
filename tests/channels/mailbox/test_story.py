"""The story of a letter, through a real mailbox and a real mail server: it comes, it is answered, the answer joins."""

import pytest

from asmo_support.channels.models import Arrival
from asmo_support.tickets.actions import conversation
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Message, Ticket
from tests.parts.letters import answer_to, letter
from tests.parts.mail import mailbox_at, server_at, work

pytestmark = pytest.mark.mail
FILES = {"Снимок экрана.png": bytes(range(256)) * 400, "протокол № 7.txt": "строка\n".encode() * 9}


def test_a_letter_becomes_a_ticket_and_the_answer_to_its_answer_joins(cast, dovecot, smtp_sink, mailboxes, files_root):
    mailbox_at(dovecot, "story")
    server_at(smtp_sink)
    dovecot.put("story", letter(cast.customer.email, subject="Табель не суммирует часы", files=FILES))
    work(mailboxes)
    ticket = Ticket.objects.get()
    conversation.reply(ticket, Words(text="Смотрим. Пришлите файл табеля."), by=cast.agent)
    work()
    receipt, answer = smtp_sink.of(cast.customer.email)
    dovecot.put("story", answer_to(answer, cast.customer.email, text="Отправляю."))
    dovecot.put("story", answer_to(answer, cast.stranger.email, text="И я хочу."))
    work(mailboxes)

    assert (ticket.subject, ticket.requester, ticket.channel) == ("Табель не суммирует часы", cast.customer, "email")
    assert [(file.name, file.size) for file in ticket.attachments.order_by("id")] == [
        (name, len(content)) for name, content in FILES.items()
    ]
    assert answer["In-Reply-To"] == receipt["Message-ID"]
    assert answer["References"].split()[-1] == receipt["Message-ID"]
    assert list(Message.objects.filter(ticket=ticket).order_by("id").values_list("author", "text")) == [
        (cast.agent.pk, "Смотрим. Пришлите файл табеля."),
        (cast.customer.pk, "Отправляю."),
    ]
    foreign = Ticket.objects.exclude(pk=ticket.pk).get()
    assert (foreign.organization, foreign.requester) == (cast.abroad, cast.stranger)
    assert list(Arrival.objects.order_by("id").values_list("decision", flat=True)) == ["new", "reply", "claims"]
