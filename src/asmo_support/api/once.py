"""A deed and its answer in one transaction; the same `Idempotency-Key` gets the same answer and does nothing twice.

The key's row is written beside the effect: either both are there or none. A request whose twin is still running is
told so (409); a key that comes with another request is refused (422).
"""

import json
from collections.abc import Callable
from hashlib import sha256

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from asmo_support.api.models import IdempotencyKey
from asmo_support.api.problems import problem
from asmo_support.api.request import ApiRequest

HEADER = "Idempotency-Key"
LONGEST = 255
Deed = Callable[[], HttpResponse]


def once(request: ApiRequest, do: Deed) -> HttpResponse:
    """Do it and keep its effect when it answers well; with a key, at most once."""
    key = request.headers.get(HEADER)
    if key is not None and not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
        return problem(400, detail=_("Idempotency-Key is 1 to 255 printable ASCII characters."))
    with transaction.atomic():
        answer = do() if key is None else _keyed(request, key, do)
        if answer.status_code >= 400:
            transaction.set_rollback(True)
    return answer


def _keyed(request: ApiRequest, key: str, do: Deed) -> HttpResponse:
    asked = fingerprint(request)
    if not _begin(request.user.pk, key):
        return problem(409, detail=_("The first request with this key is still running."))
    known = IdempotencyKey.objects.known(request.user, key).first()
    if known is None:
        answer = do()
        if answer.status_code < 400:
            text = answer.content.decode()
            IdempotencyKey.objects.remember(request.user, key, asked, status=answer.status_code, answer=text)
        return answer
    if known.fingerprint != asked:
        return problem(422, "Unprocessable Content", _("This key was used for another request."))
    return HttpResponse(known.answer, status=known.status, content_type="application/json; charset=utf-8")


def fingerprint(request: ApiRequest) -> str:
    """What is asked, whatever the spacing of its JSON or the boundary between its files."""
    digest = sha256(f"{request.method} {request.path}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, value in request.POST.lists():
            digest.update(json.dumps([name, value]).encode())
        for name, files in request.FILES.lists():
            for file in files:
                digest.update(json.dumps([name, file.name, file.size]).encode())
                for chunk in file.chunks():
                    digest.update(chunk)
    else:
        digest.update(_canonical(request.body))
    return digest.hexdigest()


def _canonical(body: bytes) -> bytes:
    try:
        return json.dumps(json.loads(body or b"{}"), sort_keys=True).encode()
    except (ValueError, RecursionError):
        return body


def _begin(person: int, key: str) -> bool:
    # Held to the end of the transaction: a twin does not wait for us, it is told at once.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [key, person])
        return bool(cursor.fetchone()[0])
