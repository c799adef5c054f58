"""The real router over a small WSGI application: `python -m tests.config.served PORT`."""

import hashlib
import json
import sys
import time
from urllib.parse import parse_qs

from asmo_support.config import embedded
from asmo_support.config.home import home
from asmo_support.config.server import serve
from asmo_support.config.web import router

CONTENT = bytes(range(256)) * 40_000
PART = 100_000
FILE_HEADERS = [
    ("X-Asmo-File", "ab/content"),
    ("X-Asmo-Name", "%D0%9E%D1%82%D1%87%D1%91%D1%82%20%22%D0%B8%D1%8E%D0%BD%D1%8C%22%0D%0A.pdf"),
    ("Content-Type", "application/pdf"),
    ("ETag", '"0123abcd"'),
]
counted = []


def pages(environ, start_response):
    answer = {
        "/echo": _echo,
        "/file": lambda _: (FILE_HEADERS, b"never sent"),
        "/outside": lambda _: ([("X-Asmo-File", "../secrets/django")], b""),
        "/headers": lambda env: ([], json.dumps({k: v for k, v in env.items() if k.startswith("HTTP_")}).encode()),
        "/query": lambda env: ([], json.dumps(parse_qs(env["QUERY_STRING"])).encode()),
        "/slow": _slow,
        "/count": _count,
        "/counted": lambda _: ([], str(len(counted)).encode()),
        "/big": lambda _: ([], b"x" * 20_000_000),
    }.get(environ["PATH_INFO"], lambda env: ([], b"page " + env["PATH_INFO"].encode("latin-1")))
    headers, body = answer(environ)
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body[start : start + PART] for start in range(0, len(body), PART)]


def _echo(environ):
    body = environ["wsgi.input"].read()
    told = {"length": environ["CONTENT_LENGTH"], "read": len(body), "hash": hashlib.sha256(body).hexdigest()}
    return [], json.dumps(told).encode()


def _count(environ):
    counted.append(environ["wsgi.input"].read())
    return [], b"counted"


def _slow(_):
    (home() / "slow-begun").touch()
    time.sleep(1)
    return [], b"done"


def look_up(cookies, changes):
    """The cookie names the organization whose changes may be known."""
    if "session" not in cookies or (home() / "signed-out").exists():
        return None
    return [change for change in changes if str(change["organization"]) == cookies["session"]]


def application():
    embedded.ensure(home())
    return router(home(), pages, look_up)


if __name__ == "__main__":
    serve("127.0.0.1", int(sys.argv[1]), "tests.config.served:application")
