"""How a stored file goes out: Django says yes and names it, the router sends the bytes; no Django thread is held."""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from asmo_support.lib.files import PICTURES, location

SANDBOX = "sandbox; default-src 'none'"


def send_file(digest: str, name: str) -> HttpResponse:
    """Always a download, whatever its kind says: nothing a customer sent runs here."""
    return _sent(digest, name, "application/octet-stream")


def send_picture(digest: str, name: str, kind: str) -> HttpResponse:
    """What a page shows in place: of a kind from a fixed list, and still a download where it is opened by itself."""
    if kind not in PICTURES:
        raise Http404
    return _sent(digest, name, kind)


def _sent(digest: str, name: str, kind: str) -> HttpResponse:
    headers = {
        "X-Asmo-File": quote(location(digest)),
        "X-Asmo-Name": quote(name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(headers=headers, content_type=kind)
