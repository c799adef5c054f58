"""Files: kept before anything names them, found through their ticket, never opened here."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from asmo_support.lib.files import location
from asmo_support.tickets.actions import conversation
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.models import Attachment, Ticket
from tests.cast import ticket_of

NEW = {"kind": "bug", "subject": "Не печатается", "text": "Пустой лист.", "impact": "person", "urgency": "normal"}


def upload(name, data=b"<script>alert(1)</script>", kind="text/html"):
    return SimpleUploadedFile(name, data, content_type=kind)


def sent(browser, user, *files):
    browser(user).post("/tickets/new/", NEW | {"files": list(files)})
    return Attachment.objects.order_by("id").last()


def path_of(file, ticket=None):
    return f"/tickets/{(ticket or file.ticket).number}/attachments/{file.pk}/"


@pytest.mark.case("AF-01")
@pytest.mark.case("AF-04")
def test_a_file_goes_out_as_a_download_whatever_it_is(cast, browser, files_root):
    file = sent(browser, cast.customer, upload('отчёт "за" год;.html'))

    answer = browser(cast.coordinator).get(path_of(file))

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert (answer["X-Asmo-File"], answer["X-Asmo-Name"]) == (quote(location(file.sha256)), quote(file.name))
    assert (files_root / location(file.sha256)).read_bytes() == b"<script>alert(1)</script>"


@pytest.mark.case("AF-03")
@pytest.mark.case("TI-03")
def test_a_file_is_found_only_through_its_own_ticket(cast, browser, files_root):
    file = sent(browser, cast.customer, upload("a.txt"))
    other, foreign = ticket_of(cast.customer), ticket_of(cast.stranger)
    client, stranger = browser(cast.customer), browser(cast.stranger)

    assert client.get(path_of(file, other)).status_code == 404
    assert stranger.get(path_of(file)).status_code == 404
    assert stranger.get(path_of(file, foreign)).status_code == 404


def test_the_file_of_a_note_does_not_exist_here(cast, browser, files_root):
    ticket = ticket_of(cast.customer)
    kept = sent(browser, cast.customer, upload("b.txt"))
    conversation.note(ticket, Words(text="Для своих."), by=cast.agent)
    row = Attachment(ticket=ticket, organization=cast.home, by=cast.agent, name="n.txt", size=1, internal=True)
    row.sha256, row.message = kept.sha256, ticket.messages.get()
    row.save()

    assert browser(cast.customer).get(path_of(row)).status_code == 404


def test_a_file_is_not_lost_when_the_form_comes_back(cast, browser, files_root):
    client = browser(cast.customer)

    refused = client.post("/tickets/new/", NEW | {"text": "", "files": [upload("c.txt", b"once")]})
    token = refused.context["form"].carried[0][0]
    client.post("/tickets/new/", NEW | {"kept": [token]})

    assert [file.name for file in Ticket.objects.get().attachments.all()] == ["c.txt"]


def test_a_kept_file_of_another_person_cannot_be_claimed(cast, browser, files_root):
    refused = browser(cast.customer).post("/tickets/new/", NEW | {"text": "", "files": [upload("d.txt", b"mine")]})
    token = refused.context["form"].carried[0][0]

    browser(cast.stranger).post("/tickets/new/", NEW | {"kept": [token]})

    assert Attachment.objects.count() == 0


def test_a_message_may_bring_files(cast, browser, files_root):
    ticket = ticket_of(cast.customer, at=None)

    browser(cast.customer).post(f"/tickets/{ticket.number}/messages/", {"text": "Журнал.", "files": [upload("e.log")]})

    file = Attachment.objects.get()
    assert (file.name, file.message.text, file.internal) == ("e.log", "Журнал.", False)


def test_too_many_files_at_once_are_named_and_the_text_is_kept(cast, browser, files_root):
    files = [upload(f"{n}.txt", b"1", "text/plain") for n in range(51)]
    answer = browser(cast.customer).post("/tickets/new/", NEW | {"files": files})

    assert (answer.status_code, Ticket.objects.count()) == (422, 0)
    assert "Не больше 50 файлов за раз" in answer.content.decode()
    assert "Пустой лист." in answer.content.decode()
