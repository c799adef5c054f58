"""Files leave through the router: Django says which and to whom, a slow reader holds no thread of it.

A view answers with an empty body and the private header `X-Asmo-File`: the path below `files/`, percent-encoded.
`X-Asmo-Name` (percent-encoded UTF-8) names the file for the reader. Both stay inside. `Content-Type`, `ETag`,
`Content-Security-Policy`, `Cache-Control` and all the rest of the view's headers go out as they are.
"""

import re
from email.utils import formatdate
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

FILE = "x-asmo-file"
NAME = "x-asmo-name"
OWN = ("content-length", "content-disposition", "transfer-encoding", FILE, NAME)
SANDBOX = "sandbox; default-src 'none'"
HASHED = re.compile(r"\.[0-9a-f]{12}\.")
FOR_EVER = "public, max-age=31536000, immutable"


class Download:
    """A file that Django has allowed, ready to be sent with ranges."""

    def __init__(self, root: Path, headers: Headers) -> None:
        self.root, self.headers = root, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._response(Headers(scope=scope))(scope, receive, send)

    def _response(self, asked: Headers) -> Response:
        path = (self.root / unquote(self.headers[FILE])).resolve()
        if not path.is_relative_to(self.root.resolve()) or not path.is_file():
            return PlainTextResponse("The file is not in its place.", status_code=404)
        answer = FileResponse(path, stat_result=path.stat(), media_type=self.headers.get("content-type"))
        self._copy_headers(answer.headers)
        if asked.get("if-none-match") and _matches(asked["if-none-match"], answer.headers["etag"]):
            return _unchanged(answer.headers)
        return answer

    def _copy_headers(self, out: MutableHeaders) -> None:
        for name, value in self.headers.items():
            if name not in OWN:
                out[name] = value
        for name, value in _cookies(self.headers):
            out.append(name, value)
        out["content-disposition"] = disposition(unquote(self.headers.get(NAME, "")))
        out["x-content-type-options"] = "nosniff"
        out.setdefault("content-security-policy", SANDBOX)
        out.setdefault("cache-control", "private, no-cache")


def disposition(name: str) -> str:
    """Always a download. One header; the name in ASCII for old readers and in UTF-8 for the others (RFC 6266)."""
    clean = re.sub(r"[\x00-\x1f\x7f/\\\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "_", name).strip(" .")[-200:]
    if not clean:
        return "attachment"
    plain = re.sub(r'[^\x20-\x7e]|["%;\\]', "_", clean)
    if plain == clean:
        return f'attachment; filename="{clean}"'
    encoded = quote(clean.encode("utf-8", "replace"), safe="!#$&+-.^_`|~")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"


class Assets(StaticFiles):
    """Our own static files; a name that carries its content's hash may be kept for ever."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        name = str(args[0]).rsplit("/", 1)[-1]
        answer.headers["cache-control"] = FOR_EVER if HASHED.search(name) else "public, max-age=300"
        answer.headers["x-content-type-options"] = "nosniff"
        return answer


def _matches(wanted: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
    return "*" in tags or etag in tags


def _unchanged(headers: MutableHeaders) -> Response:
    kept = ("etag", "cache-control", "content-security-policy", "x-content-type-options", "vary", "set-cookie")
    answer = Response(status_code=304, headers={"date": formatdate(usegmt=True)})
    for name, value in headers.items():
        if name in kept:
            answer.headers.append(name, value)
    return answer


def _cookies(headers: Headers) -> list[tuple[str, str]]:
    return [("set-cookie", value) for value in headers.getlist("set-cookie")]
