"""What the API says of itself."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test.utils import override_settings

from asmo_support.api.description import operations
from asmo_support.config import preparing

NOUNS = [
    "GET /tickets", "POST /tickets", "GET /tickets/{number}", "PATCH /tickets/{number}",
    "GET /tickets/{number}/messages", "POST /tickets/{number}/messages",
    "GET /tickets/{number}/attachments", "POST /tickets/{number}/attachments",
    "GET /tickets/{number}/attachments/{attachment}",
    "GET /tickets/{number}/assignment", "POST /tickets/{number}/assignment",
    "GET /tickets/{number}/information-requests", "POST /tickets/{number}/information-requests",
    "GET /tickets/{number}/resolutions", "POST /tickets/{number}/resolutions",
    "POST /tickets/{number}/resolutions/{n}/acceptance", "POST /tickets/{number}/resolutions/{n}/return",
    "GET /tickets/{number}/planned-dates", "POST /tickets/{number}/planned-dates",
    "POST /tickets/{number}/planned-dates/{offer}/acceptance", "POST /tickets/{number}/planned-dates/{offer}/refusal",
    "POST /tickets/{number}/work", "POST /tickets/{number}/cancellation", "POST /tickets/{number}/refusal",
    "POST /tickets/{number}/reopening", "GET /tickets/{number}/deadlines/{target}", "GET /tickets/{number}/history", "GET /tickets/{number}/notifications", "GET /catalog",
]  # fmt: skip


class Page(HTMLParser):
    """The addresses a page loads from, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.loaded += [value for value in (found.get("src"), found.get("href") if tag == "link" else None) if value]

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def described(db, client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


@pytest.fixture
def assets(tmp_path) -> Iterator[None]:
    with override_settings(STATIC_ROOT=tmp_path):
        preparing.assets()
        yield


def test_the_document_names_every_operation(described):
    found = [f"{method.upper()} {path.removeprefix('/api/v1')}" for path, method, _one in operations(described)]

    assert sorted(found) == sorted(NOUNS)


def test_bodies_in_the_document_take_no_other_fields(described):
    bodies = [one.get("requestBody", {}).get("content", {}) for _path, _method, one in operations(described)]
    taken = re.findall(
        r"schemas/(\w+)", json.dumps([one["application/json"] for one in bodies if "application/json" in one])
    )
    schemas = described["components"]["schemas"]

    assert [name for name in taken if schemas[name].get("additionalProperties") is not False] == []
    assert len(taken) == 15
    assert schemas["TicketIn"]["required"] == ["subject", "description", "kind"]


def test_no_two_sets_of_values_share_a_name(described):
    """The later one of a name would stand for both, and a program made from the document would refuse our answers."""
    states = {
        name: described["components"]["schemas"][name]["properties"]["state"]["$ref"].rpartition("/")[2]
        for name in ("ResolutionOut", "PlannedDateOut", "TicketOut", "ClockOut")
    }

    assert len(set(states.values())) == len(states), states
    assert "proposed" in described["components"]["schemas"][states["ResolutionOut"]]["enum"]


def test_each_operation_tells_its_errors_and_its_key(described):
    without = [
        path
        for path, method, one in operations(described)
        if "default" not in one["responses"]
        or (method != "get") != any(parameter["name"] == "Idempotency-Key" for parameter in one.get("parameters", []))
    ]

    assert (without, described["openapi"], described["security"]) == ([], "3.1.0", [{"token": []}])


@pytest.mark.usefixtures("db", "assets")
def test_the_page_names_every_operation_and_loads_nothing_from_elsewhere(client):
    answer = client.get("/api/v1/docs")
    page = Page(answer.content.decode())

    assert answer.status_code == 200
    assert [one for one in NOUNS if f"/api/v1{one.split()[1]}" not in page.text] == []
    assert [address for address in page.loaded if not address.startswith("/static/")] == []
