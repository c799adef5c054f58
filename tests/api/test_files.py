"""Files in and out."""

from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote

import pytest

from asmo_support.lib.files import location
from asmo_support.tickets.models import Attachment
from tests.cast import ticket_of


def upload(name="отчёт.pdf", content=b"%PDF-1.7 report"):
    file = BytesIO(content)
    file.name = name
    return file


@pytest.fixture
def address(cast, files_root) -> str:
    return f"tickets/{ticket_of(cast.customer).number}/attachments"


def test_a_file_is_kept_under_its_hash_and_told(customer, agent, address, files_root):
    answer = customer.upload(address, {"file": upload()})

    told = answer.json()
    digest = sha256(b"%PDF-1.7 report").hexdigest()
    assert (answer.status_code, told["name"], told["size"], told["sha256"]) == (201, "отчёт.pdf", 15, digest)
    assert (files_root / location(digest)).read_bytes() == b"%PDF-1.7 report"
    assert agent.get(address).json()["items"] == [told]


@pytest.mark.case("AF-01", "AF-04")
def test_a_file_leaves_through_the_router_as_a_download(customer, address):
    told = customer.upload(address, {"file": upload('страница".html', b"<script>alert(1)</script>")}).json()
    answer = customer.get(f"{address}/{told['id']}")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["X-Asmo-File"] == location(told["sha256"])
    assert unquote(answer.headers["X-Asmo-Name"]) == 'страница".html'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_an_upload_is_one_file_in_its_field(customer, address):
    bodies = [
        {},
        {"file": "text"},
        {"other": upload()},
        {"file": [upload(), upload()]},
        {"file": upload(), "internal": 1},
    ]
    answers = [customer.upload(address, body) for body in bodies]

    assert [(one.status_code, one.json()["errors"][0]["pointer"]) for one in answers] == [
        (422, "#/file"), (422, "#/file"), (422, "#/other"), (422, "#/file"), (422, "#/internal"),
    ]  # fmt: skip
    assert Attachment.objects.count() == 0


def test_a_file_over_the_limit_is_refused(customer, address, settings):
    settings.ATTACHMENT_LIMIT = 10
    answer = customer.upload(address, {"file": upload()})

    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")


def test_a_broken_upload_is_unreadable(customer, address):
    answer = customer.client.generic(
        "POST",
        f"/api/v1/{address}",
        b"--x",
        "multipart/form-data",
        headers={"Authorization": f"Bearer {customer.token}"},
    )

    assert answer.status_code == 400


@pytest.mark.case("AP-05")
def test_the_same_file_with_the_same_key_is_added_once(customer, address):
    answers = [customer.upload(address, {"file": upload()}, key="upload-1") for _ in range(2)]
    other = customer.upload(address, {"file": upload(content=b"other")}, key="upload-1")

    assert (answers[0].content == answers[1].content, other.status_code) == (True, 422)
    assert Attachment.objects.count() == 1
