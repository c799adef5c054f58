"""The router through the real server: bodies, files, headers, slow people."""

import hashlib
import json
import os
import signal
import socket

import psycopg
import pytest

from asmo_support.config import embedded
from tests.config.conftest import Web, eventually, running_in
from tests.config.served import CONTENT

NAME = "%D0%9E%D1%82%D1%87%D1%91%D1%82%20%22%D0%B8%D1%8E%D0%BD%D1%8C%22__.pdf"


def told(body):
    return {"length": str(len(body)), "read": len(body), "hash": hashlib.sha256(body).hexdigest()}


def test_a_form_reaches_django_whole(web):
    status, _, answer = web.get("/echo", "POST", b"a=1&b=2")

    assert (status, json.loads(answer)) == (200, told(b"a=1&b=2"))


def test_a_long_body_reaches_django_whole(web):
    body = os.urandom(5_000_000)

    status, _, answer = web.get("/echo", "POST", body, Content_Type="application/octet-stream")

    assert (status, json.loads(answer)) == (200, told(body))


@pytest.mark.case("LD-02")
def test_a_body_without_a_length_is_given_one(web):
    body = [b"abc" * 1000, b"def" * 50_000]

    status, _, answer = web.get("/echo", "POST", iter(body), Content_Type="application/octet-stream")

    assert (status, json.loads(answer)) == (200, told(b"".join(body)))


@pytest.mark.case("LD-02")
@pytest.mark.parametrize(
    ("kind", "size", "status"),
    [("application/json", 4_000_000, 413), ("application/octet-stream", 300_000_000, 413)],
)
def test_a_body_over_its_limit_is_refused_unread(web, kind, size, status):
    line = web.open(f"POST /echo HTTP/1.1\nHost: localhost\nContent-Type: {kind}\nContent-Length: {size}\n\n")

    assert line.recv(100).split(b" ")[1] == str(status).encode()


def test_a_program_is_refused_with_a_problem_document(web):
    line = web.open(
        "POST /api/v1/tickets HTTP/1.1\nHost: localhost\nContent-Type: text/plain\nContent-Length: 400000000\n\n"
    )
    head, _, body = line.recv(4000).partition(b"\r\n\r\n")

    assert (head.split(b" ")[1], b"application/problem+json" in head) == (b"413", True)
    assert json.loads(body or line.recv(4000))["detail"] == "Данных слишком много, ничего не сохранено."


@pytest.mark.case("LD-02")
def test_an_endless_body_is_refused_at_the_limit(web):
    line = web.open(
        "POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n"
    )
    for _ in range(64):
        line.sendall(b"10000\r\n" + bytes(0x10000) + b"\r\n")

    assert line.recv(100).split(b" ")[1] == b"413"


@pytest.mark.case("PK-01")
@pytest.mark.parametrize("sent", ["Content-Length: 100\n\nhalf of it", "Transfer-Encoding: chunked\n\n4\nhalf\n"])
def test_a_body_that_is_cut_off_never_reaches_django(web, sent):
    before = seen(web)
    line = web.open(f"POST /count HTTP/1.1\nHost: localhost\n{sent}")
    line.shutdown(socket.SHUT_WR)

    assert read_all(line).startswith(b"HTTP/1.1 400 ")
    assert seen(web) == before
    assert web.get("/count", "POST", b"whole")[0] == 200
    assert seen(web) == before + 1


def seen(web):
    """How many requests to /count Django has been given."""
    return int(web.get("/counted")[2])


@pytest.mark.case("LD-02")
def test_slow_senders_and_slow_readers_do_not_keep_a_page_waiting(web):
    senders = [web.open("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\nslow") for _ in range(20)]
    readers = [web.open("GET /file HTTP/1.1\nHost: localhost\n\n", buffer=4096) for _ in range(20)]
    pages = [web.open("GET /big HTTP/1.1\nHost: localhost\n\n", buffer=4096) for _ in range(20)]

    assert [web.get("/page")[0] for _ in range(20)] == [200] * 20

    for sender in senders:
        sender.sendall(bytes(996))
        assert sender.recv(12) == b"HTTP/1.1 200"
    for line in [*senders, *readers, *pages]:
        line.close()


@pytest.mark.case("AF-01")
@pytest.mark.case("AF-04")
def test_a_file_is_a_download_with_one_safe_name(web):
    status, headers, body = web.get("/file")

    assert (status, body) == (200, CONTENT)
    assert {name: headers[name] for name in headers if name not in {"date", "server", "last-modified"}} == {
        "accept-ranges": "bytes",
        "cache-control": "private, no-cache",
        "content-disposition": f"attachment; filename=\"_____ ________.pdf\"; filename*=UTF-8''{NAME}",
        "content-length": str(len(CONTENT)),
        "content-security-policy": "sandbox; default-src 'none'",
        "content-type": "application/pdf",
        "etag": '"0123abcd"',
        "x-content-type-options": "nosniff",
    }


@pytest.mark.case("UD-04")
@pytest.mark.parametrize(
    ("headers", "status", "part"),
    [
        ({"Range": "bytes=5-9"}, 206, CONTENT[5:10]),
        ({"Range": "bytes=-7"}, 206, CONTENT[-7:]),
        ({"Range": "bytes=5-9", "If_Range": '"0123abcd"'}, 206, CONTENT[5:10]),
        ({"Range": "bytes=5-9", "If_Range": '"replaced"'}, 200, CONTENT),
        ({"Range": "bytes=99999999-"}, 416, b""),
        ({"If_None_Match": 'W/"0123abcd"'}, 304, b""),
    ],
)
def test_a_download_goes_on_where_it_was_cut(web, headers, status, part):
    answer = web.get("/file", **headers)

    assert (answer[0], answer[2]) == (status, part)


def test_a_view_cannot_hand_over_what_is_no_file_of_a_person(web):
    assert web.get("/outside")[0] == 404


def test_the_private_headers_stay_inside_and_odd_ones_outside(web):
    _, headers, _ = web.get("/file")
    asked = json.loads(web.get("/headers", Cookie="a=1", X_Real="yes")[2])
    line = web.open("GET /headers HTTP/1.1\nHost: localhost\nX_Forwarded_For: 1\nConnection: close\n\n")

    assert [name for name in headers if name.startswith("x-asmo")] == []
    assert (asked["HTTP_COOKIE"], asked["HTTP_X_REAL"]) == ("a=1", "yes")
    assert b"X_FORWARDED" not in read_all(line)


def read_all(line):
    parts = []
    while part := line.recv(65536):
        parts.append(part)
    line.close()
    return b"".join(parts)


def test_letters_of_all_alphabets_survive_in_an_address(web):
    assert web.get("/%D1%91")[2] == "page /ё".encode()
    line = web.open("GET /query?q=ё HTTP/1.1\nHost: localhost\nConnection: close\n\n")
    assert json.loads(read_all(line).split(b"\r\n\r\n", 1)[1]) == {"q": ["ё"]}


def test_static_files_with_a_hash_are_kept_for_ever(web):
    (web.home / "static" / "page.0123456789ab.css").write_text("a{}")
    (web.home / "static" / "page.css").write_text("a{}")

    kept = {name: web.get(f"/static/{name}")[1]["cache-control"] for name in ("page.0123456789ab.css", "page.css")}

    assert kept == {
        "page.0123456789ab.css": "public, max-age=31536000, immutable",
        "page.css": "public, max-age=300",
    }
    assert web.get("/static/../secrets/django")[0] == 404
    assert web.get("/static/%2e%2e/secrets/database-owner")[0] == 404


def test_health_tells_the_database_and_the_worker(web):
    (web.home / "locks" / "worker-pulse").touch()
    status, _, body = web.get("/health")
    told = json.loads(body)

    assert (status, told["status"], told["database"], told["worker"]) == (200, "ok", True, True)
    assert told["worker_age"] < 60


def notify(web, payload):
    settings = embedded.server_settings(web.home, embedded.LOGIN)
    address = {"host": settings["HOST"], "port": settings["PORT"], "dbname": settings["NAME"]}
    with psycopg.connect(**address, user=settings["USER"], password=settings["PASSWORD"], autocommit=True) as line:
        line.execute("select pg_notify('asmo_live', %s)", (payload,))


def listen(web, session):
    line = web.open(f"GET /live/ HTTP/1.1\nHost: localhost\nCookie: session={session}\nConnection: close\n\n")
    return line, line.makefile("rb")


def until(stream, words):
    lines = []
    while not lines or words not in lines[-1]:
        lines.append(stream.readline())
    return b"".join(lines)


def test_an_open_page_hears_of_its_own_tickets_only(web):
    line, stream = listen(web, 77)
    until(stream, b"hello")

    for number, organization in ((1, 78), (2, 77), (3, 77)):
        notify(web, json.dumps({"ticket": number, "organization": organization}))

    heard = until(stream, b'"ticket": 3')
    line.close()
    assert [part for part in heard.split(b"\r\n") if b"ticket" in part] == [
        b'data: {"ticket": 2}',
        b'data: {"ticket": 3}',
    ]


def test_a_stream_ends_when_its_reader_has_signed_out(web):
    line, stream = listen(web, 77)
    until(stream, b"hello")
    (web.home / "signed-out").touch()

    notify(web, json.dumps({"ticket": 4, "organization": 77}))

    rest = stream.read()
    line.close()
    (web.home / "signed-out").unlink()
    assert b"ticket" not in rest


@pytest.mark.parametrize("headers", [{}, {"Cookie": "session=77", "Sec_Fetch_Site": "cross-site"}])
def test_a_stranger_gets_no_stream(web, headers):
    assert web.get("/live/", **headers)[0] == 403


@pytest.mark.case("PK-02")
def test_sigterm_answers_what_has_begun_and_ends_the_streams(web):
    other = Web(web.home)
    line, stream = listen(other, 77)
    until(stream, b"hello")
    slow = other.open("GET /slow HTTP/1.1\nHost: localhost\nConnection: close\n\n")
    eventually((web.home / "slow-begun").exists)

    other.stop()

    assert read_all(slow).endswith(b"done")
    assert stream.read().endswith(b"0\r\n\r\n")
    line.close()
    assert [pid for pid in running_in(web.home) if pid == other.process.pid] == []


@pytest.mark.case("PK-01")
def test_a_killed_server_leaves_no_process_and_no_temporary_file(web):
    other = Web(web.home)
    upload = other.open(
        "POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/octet-stream\nContent-Length: 9000000\n\n"
    )
    upload.sendall(bytes(1_000_000))
    group = other.process.pid

    other.stop(signal.SIGKILL)

    eventually(lambda: not any(os.getpgid(pid) == group for pid in running_in(web.home)))
    upload.close()
    assert list((web.home / "spool").iterdir()) == []
