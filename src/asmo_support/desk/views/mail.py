"""The mailboxes letters come from and the server they leave through: the administrator's."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.channels import setup
from asmo_support.channels.access import may_keep_servers
from asmo_support.channels.email.checking import check
from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.channels.queries import mailboxes, mailboxes_with_numbers, smtp_server
from asmo_support.desk.forms.mail import MailboxForm, SmtpForm, facts
from asmo_support.ui.answering import attempt, status_of
from asmo_support.ui.guard import READ, WRITE, guard
from asmo_support.ui.request import SignedIn


@guard(may=may_keep_servers, methods=READ)
def index(request: SignedIn) -> HttpResponse:
    rows = mailboxes_with_numbers(timezone.now())
    return render(request, "desk/mail/index.html", {"mailboxes": rows, "smtp": smtp_server()})


@guard(may=may_keep_servers)
def new(request: SignedIn) -> HttpResponse:
    return _mailbox(request, None)


@guard(may=may_keep_servers)
def mailbox(request: SignedIn, pk: int) -> HttpResponse:
    return _mailbox(request, _row(pk))


@guard(may=may_keep_servers, methods=WRITE)
def closing(request: SignedIn, pk: int) -> HttpResponse:
    setup.close_mailbox(_row(pk), by=request.user)
    messages.success(request, _("No more letters are taken from it."))
    return redirect("desk:mail")


@guard(may=may_keep_servers)
def mailbox_check(request: SignedIn, pk: int) -> HttpResponse:
    return _check(request, _row(pk))


@guard(may=may_keep_servers)
def smtp(request: SignedIn) -> HttpResponse:
    row = smtp_server()
    initial = facts(row, SmtpForm) if row else None
    form = SmtpForm(request.POST if request.method == "POST" else None, initial=initial)
    if attempt(form, lambda: setup.save_smtp(
        form.account(), by=request.user,
        **{name: form.cleaned_data[name] for name in ("from_address", "from_name", "envelope")},
    )):  # fmt: skip
        messages.success(request, _("Letters leave through this server from now on."))
        return redirect("desk:mail")
    context = {"form": form, "title": _("Outgoing server")}
    return render(request, "desk/mail/form.html", context, status=status_of(form))


@guard(may=may_keep_servers, methods=WRITE)
def smtp_closing(request: SignedIn) -> HttpResponse:
    setup.switch_off_smtp(by=request.user)
    messages.success(request, _("Letters are kept from now on and not sent."))
    return redirect("desk:mail")


@guard(may=may_keep_servers)
def smtp_check(request: SignedIn) -> HttpResponse:
    return _check(request, smtp_server())


def _mailbox(request: SignedIn, row: Mailbox | None) -> HttpResponse:
    asked = {"way": request.GET.get("way", Mailbox.Way.IMAP)}
    form = MailboxForm(
        request.POST if request.method == "POST" else None, initial=facts(row, MailboxForm) if row else asked
    )
    if attempt(form, lambda: setup.save_mailbox(
        form.account(), by=request.user, address=form.cleaned_data["address"], mailbox=row,
        only_new=form.cleaned_data["only_new"], defaults=form.defaults(), **form.more(),
    )):  # fmt: skip
        messages.success(request, _("Saved. Letters to this address become tickets."))
        return redirect("desk:mail")
    fresh = _("New address by LMTP") if form.is_handed else _("New mailbox")
    context = {"form": form, "mailbox": row, "title": row.address if row else fresh}
    return render(request, "desk/mail/form.html", context, status=status_of(form))


def _row(pk: int) -> Mailbox:
    row = next((one for one in mailboxes() if one.pk == pk), None)
    if row is None:
        raise Http404
    return row


def _check(request: SignedIn, server: Mailbox | SmtpServer | None) -> HttpResponse:
    if request.method in READ or server is None or not server.host:
        return redirect("desk:mail")
    return render(request, "desk/mail/check.html", {"server": server, "steps": check(server)})
