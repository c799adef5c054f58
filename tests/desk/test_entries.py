"""A letter in its ticket: the new words, its pictures in place, its sender in doubt."""

from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asmo_support.channels.email import entry
from asmo_support.channels.email.letter import Address, Letter
from asmo_support.tickets.actions import conversation
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Attachment, Ticket
from asmo_support.tickets.states import Channel
from tests.cast import ticket_of
from tests.parts.letters import SUPPORT, letter
from tests.parts.mail import arrive

OLD = "17.11.2026 12:00, АСМО-поддержка пишет:\n> Пришлите, пожалуйста, журнал."
LETTER = Letter(Address("a@b.example"), True, text=f"Журнал выслан.\n\n{OLD}", visible_text="Журнал выслан.")
PAGES = [("agent", "desk"), ("customer", "portal")]


@pytest.fixture
def ticket(cast):
    return ticket_of(cast.customer)


def said(ticket, cast, text="Журнал выслан.", **more):
    words = Words(text=text, channel=Channel.EMAIL, **more)
    return conversation.reply(ticket, words, by=cast.customer)


def page(sign_in, cast, who, door, ticket):
    address = f"/desk/tickets/{ticket.number}/" if door == "desk" else f"/tickets/{ticket.number}/"
    return sign_in(getattr(cast, who)).get(address).content.decode()


def picture(ticket, message, name="экран.png", kind="image/png"):
    return Attachment.objects.create(ticket=ticket, organization_id=ticket.organization_id, message=message, name=name,
                                     kind=kind, size=4, sha256="0" * 64, inline=True)  # fmt: skip


def test_an_answer_keeps_what_it_quotes():
    assert entry.said(LETTER) == ("Журнал выслан.", LETTER.text)


def test_nothing_more_than_what_is_shown_is_not_kept_twice():
    assert entry.said(replace(LETTER, text="Журнал \n выслан.\n")) == ("Журнал выслан.", "")


def test_the_desk_sees_whose_sender_is_in_doubt_and_the_customer_does_not(cast, ticket, sign_in):
    arrival = arrive(letter("stranger@nowhere.example"))
    said(ticket, cast, arrival_id=arrival.pk, proven=False)
    desk = page(sign_in, cast, "agent", "desk", ticket)

    assert "sender not confirmed" in desk
    assert "sender not confirmed" not in page(sign_in, cast, "customer", "portal", ticket)


@pytest.mark.parametrize(("vouched", "doubted"), [("fail", True), ("pass", False)])
def test_the_desk_sees_it_of_the_letter_that_opens_a_ticket_too(cast, sign_in, vouched, doubted):
    said = f"mx.vendor.example; dmarc={vouched} header.from=test.example"
    arrival = arrive(letter(cast.customer.email, Authentication_Results=said), authserv_id="mx.vendor.example")
    pages = [page(sign_in, cast, *door, arrival.ticket) for door in (("agent", "desk"), ("customer", "portal"))]

    assert ["sender not confirmed" in one for one in pages] == [doubted, False]


@pytest.mark.parametrize(("who", "door"), PAGES)
def test_a_picture_stands_where_its_mark_is(cast, ticket, sign_in, who, door):
    file = picture(ticket, said(ticket, cast, text="До [экран.png] после http://x.example/[экран.png]"))
    found = page(sign_in, cast, who, door, ticket)

    assert found.count("<img ") == 1
    assert f'attachments/{file.pk}/picture/" alt="экран.png" loading="lazy"' in found
    assert found.count(f'attachments/{file.pk}/" download') == found.count('" download>экран.png</a>') == 1


@pytest.mark.parametrize(("name", "kind"), [("экран.png", "image/svg+xml"), ("другой.png", "image/png")])
@pytest.mark.case("AF-01")
def test_other_marks_stay_words(cast, ticket, sign_in, name, kind):
    file = picture(ticket, said(ticket, cast, text="До [экран.png] после"), name, kind)
    found = page(sign_in, cast, "agent", "desk", ticket)

    assert ("<img " in found, "[экран.png]" in found, f'attachments/{file.pk}/" download' in found) == (
        False, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "status"), [("image/png", 200), ("image/svg+xml", 404), ("text/html", 404)])
@pytest.mark.case("AF-02")
def test_only_pictures_of_dots_go_out_as_pictures(cast, ticket, sign_in, kind, status):
    file = picture(ticket, said(ticket, cast), kind=kind)
    answer = sign_in(cast.customer).get(f"/tickets/{ticket.number}/attachments/{file.pk}/picture/")

    assert answer.status_code == status
    if status == 200:
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
        assert "sandbox" in answer["Content-Security-Policy"]


def test_many_letters_cost_no_further_statement(cast, ticket, sign_in):
    picture(ticket, said(ticket, cast, text="[экран.png]", whole="Всё письмо"))
    with CaptureQueriesContext(connection) as few:
        page(sign_in, cast, "agent", "desk", ticket)
    for _n in range(5):
        picture(ticket, said(ticket, cast, text="[экран.png]", whole="Всё письмо"))
    with CaptureQueriesContext(connection) as many:
        page(sign_in, cast, "agent", "desk", ticket)

    assert len(many) == len(few)


def test_a_letter_with_a_picture_opens_a_ticket_that_shows_it_in_place(cast, sign_in):
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = cast.customer.email, SUPPORT, "Снимок"
    mail["Message-ID"] = "<picture@home.example>"
    mail.set_content("<p>Вот:</p><img src='cid:one@x'><p>Что это?</p>", subtype="html")
    mail.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<one@x>", filename="экран.png")
    arrive(mail.as_bytes())
    ticket, file = Ticket.objects.get(), Attachment.objects.get()
    found = page(sign_in, cast, "agent", "desk", ticket)

    assert (file.inline, ticket.description.split()) == (True, ["Вот:", "[экран.png]", "Что", "это?"])
    assert f'attachments/{file.pk}/picture/"' in found


@pytest.mark.parametrize(
    ("kind", "way"), [("application/pkcs7-mime; smime-type=enveloped-data", "S/MIME"), ("text/plain", "PGP")]
)
def test_a_letter_nobody_here_can_read_says_so_to_both_sides(cast, sign_in, kind, way):
    body = (
        "-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----"
        if way == "PGP"
        else "MIAGCSqGSIb3DQEHA6CAMIACAQ=="
    )
    coding = "7bit" if way == "PGP" else "base64"
    head = f"From: {cast.customer.email}\nTo: {SUPPORT}\nSubject: Seal\nMessage-ID: <s@home.example>\nContent-Type: {kind}\n"
    arrival = arrive(f"{head}Content-Transfer-Encoding: {coding}\n\n{body}\n".replace("\n", "\r\n").encode())
    ticket = Ticket.objects.get()

    assert [f"({way})" in page(sign_in, cast, who, door, ticket) for who, door in PAGES] == [True, True]
    letter_page = sign_in(cast.operator).get(f"/desk/letters/{arrival.pk}/").content.decode()
    assert way in letter_page
