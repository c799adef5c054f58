"""Words, questions and files of a ticket."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from asmo_support.api import reading, showing
from asmo_support.api.bodies import MessageIn, Paging, TextIn
from asmo_support.api.guard import guard
from asmo_support.api.listing import page
from asmo_support.api.problems import too_long
from asmo_support.api.request import ApiRequest
from asmo_support.api.shapes import AttachmentOut, InformationRequestOut, Listed, MessageOut
from asmo_support.lib.errors import Refused
from asmo_support.lib.files import keep, location
from asmo_support.tickets import access
from asmo_support.tickets.actions import conversation, filing, lifecycle
from asmo_support.tickets.actions.conversation import Words
from asmo_support.tickets.states import Channel
from asmo_support.ui.guard import NotAllowed

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

router = Router(tags=["conversation"])
TICKET = "/tickets/{int:number}"
MESSAGES, REQUESTS = f"{TICKET}/messages", f"{TICKET}/information-requests"
ATTACHMENTS = f"{TICKET}/attachments"
ONE_FILE = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                },
            },
        },
    },
}


@router.get(
    MESSAGES, response=Listed[MessageOut], url_name="ticket-messages", summary=gettext_noop("Messages, oldest first")
)
@guard(access.may_read)
def list_messages(request: ApiRequest, number: int, paging: Query[Paging]) -> dict[str, Any]:
    return page(request, reading.messages(request.ticket, request.user), paging, showing.message)


@router.post(
    MESSAGES,
    response={201: MessageOut},
    url_name="ticket-messages",
    summary=gettext_noop("Write a message or a note"),
    description=gettext_noop(
        "A customer’s message answers all open questions; the desk’s takes a registered ticket to work."
    ),
)
@guard()
def add_message(request: ApiRequest, number: int, body: MessageIn) -> dict[str, Any]:
    may = access.may_note if body.internal else access.may_reply
    verdict = may(request.user, request.ticket)
    if not verdict:
        raise NotAllowed(verdict.reason)
    say = conversation.note if body.internal else conversation.reply
    return showing.message(say(request.ticket, Words(text=body.text, channel=Channel.API), by=request.user))


@router.get(
    REQUESTS,
    response=Listed[InformationRequestOut],
    url_name="ticket-information-requests",
    summary=gettext_noop("Questions"),
)
@guard(access.may_read)
def list_information_requests(request: ApiRequest, number: int, paging: Query[Paging]) -> dict[str, Any]:
    return page(request, reading.questions(request.ticket), paging, showing.question)


@router.post(
    REQUESTS,
    response={201: InformationRequestOut},
    url_name="ticket-information-requests",
    summary=gettext_noop("Ask the customer a question"),
    description=gettext_noop("Resolution time stands still until the answer."),
)
@guard(access.may_ask)
def add_information_request(request: ApiRequest, number: int, body: TextIn) -> dict[str, Any]:
    return showing.question(lifecycle.ask(request.ticket, _words(body), by=request.user))


@router.get(
    ATTACHMENTS,
    response=Listed[AttachmentOut],
    url_name="ticket-attachments",
    summary=gettext_noop("Files, oldest first"),
)
@guard(access.may_read)
def list_attachments(request: ApiRequest, number: int, paging: Query[Paging]) -> dict[str, Any]:
    return page(request, reading.attachments(request.ticket, request.user), paging, showing.attachment)


@router.post(
    ATTACHMENTS,
    response={201: AttachmentOut},
    url_name="ticket-attachments",
    summary=gettext_noop("Add a file"),
    openapi_extra=ONE_FILE,
    description=gettext_noop("One file as multipart/form-data in the field `file`. Both sides see it."),
)
@guard(access.may_reply)
def add_attachment(request: ApiRequest, number: int) -> Any:
    file = _only_file(request)
    if (file.size or 0) > settings.ATTACHMENT_LIMIT:
        return too_long(settings.ATTACHMENT_LIMIT)
    kept = keep(
        file.chunks(),
        settings.FILES_ROOT,
        name=file.name or "",
        kind=(file.content_type or "")[:120],
        limit=settings.ATTACHMENT_LIMIT,
    )
    return showing.attachment(filing.hand_in(request.ticket, kept, by=request.user))


@router.get(
    ATTACHMENTS + "/{int:attachment}",
    response={200: None},
    url_name="ticket-attachment",
    summary=gettext_noop("The file itself"),
    description=gettext_noop("Always a download; ranges are answered."),
)
@guard(access.may_read)
def download_attachment(request: ApiRequest, number: int, attachment: int) -> HttpResponse:
    file = reading.attachments(request.ticket, request.user).filter(pk=attachment).first()
    if file is None:
        raise Http404
    # The router in front of Django sends the bytes, so that a slow reader holds no thread.
    response = HttpResponse(content_type=file.kind)
    response["X-Asmo-File"] = quote(location(file.sha256))
    response["X-Asmo-Name"] = quote(file.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _only_file(request: ApiRequest) -> "UploadedFile[bytes]":
    unknown = [*request.POST, *(name for name in request.FILES if name != "file")]
    if unknown:
        raise Refused(_("There is no such field."), field=unknown[0])
    files = request.FILES.getlist("file")
    if len(files) != 1:
        raise Refused(_("Send one file as multipart/form-data in the field “file”."), field="file")
    return files[0]


def _words(body: TextIn) -> Words:
    return Words(text=body.text, channel=Channel.API)
