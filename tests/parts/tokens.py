"""A mail service's token address and, behind it, the word whether a token holds: over real HTTP, on this machine."""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

CLIENT, SECRET = "asmo-desk", "secret-of-the-program"


@dataclass
class Tokens:
    """`rights`: refresh tokens and whose they are. `good`: access tokens that hold. `asked`: what came to the address."""

    rights: dict[str, str] = field(default_factory=dict)
    good: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    life: int = 3600
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    def allow(self, user: str) -> str:
        """The right to this mailbox, as its owner gives it."""
        self.rights[right := secrets.token_urlsafe(24)] = user
        return right

    def take_back(self, user: str) -> None:
        for kept in (self.rights, self.good):
            for token in [one for one, whose in kept.items() if whose == user]:
                del kept[token]

    def answer(self, path: str, said: dict[str, str]) -> tuple[int, dict[str, object]]:
        if path.startswith("/introspect"):
            user = self.good.get(said.get("token", ""))
            return 200, {"active": "true" if user else "false", "username": user or "", "user": user or ""}
        self.asked.append(said)
        if (said.get("client_id"), said.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        user = self.rights.pop(said.get("refresh_token", ""), None)
        if user is None:
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        self.good[token := secrets.token_urlsafe(24)] = user
        return 200, {"access_token": token, "expires_in": self.life, "refresh_token": self.allow(user)}


@contextmanager
def serving() -> Iterator[Tokens]:
    tokens = Tokens()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            said = {name: values[0] for name, values in parse_qs(raw).items()}
            status, answer = tokens.answer(self.path, said)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    tokens.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield tokens
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
