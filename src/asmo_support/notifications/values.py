"""What the names in the texts of a letter stand for: words this reader may read anyway, found when they are used."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asmo_support.channels.models import Mailbox, SmtpServer
from asmo_support.contracts.models import Contract
from asmo_support.notifications.facts import deadline
from asmo_support.notifications.forms import Form
from asmo_support.notifications.words import Case, Content
from asmo_support.people.models import Invitation, User


class Values(Mapping[str, str]):
    """Each value is found when a text asks for it."""

    def __init__(self, found: dict[str, Callable[[], str]]) -> None:
        self._found = found

    def __getitem__(self, name: str) -> str:
        return str(self._found[name]())

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def service_name() -> str:
    return _("АСМО-support, the service desk")


def of_reader(reader: User, step: str, note: str = "") -> dict[str, Callable[[], str]]:
    """What every letter knows."""
    return {
        "reader.name": lambda: reader.name,
        "letter.step": lambda: step,
        "letter.note": lambda: note,
        "service.name": service_name,
    }


def of_case(case: Case, said: Content) -> Values:
    """What a letter about a ticket knows."""
    ticket = case.ticket
    return Values(
        {
            **of_reader(case.reader, said.title, said.note),
            "ticket.number": lambda: str(ticket.number),
            "ticket.subject": lambda: ticket.subject,
            "ticket.kind": lambda: str(ticket.get_kind_display()),
            "ticket.product": lambda: ticket.product.name if ticket.product else "",
            "customer.name": lambda: ticket.organization.short_name,
            "requester.name": lambda: ticket.requester.name,
            "specialists": lambda: ", ".join(one.agent.name for one in ticket.assignments.select_related("agent")),
            "deadline.answer": lambda: deadline(ticket, "reaction"),
            "deadline.resolution": lambda: deadline(ticket, "resolution"),
            "planned.date": lambda: date_format(ticket.planned_at, "j E Y") if ticket.planned_at else "",
        }
    )


def of_contract(contract: Contract, reader: User, step: str) -> Values:
    """What a letter about a contract's end knows."""
    return Values(
        {
            **of_reader(reader, step),
            "contract.number": lambda: contract.number,
            "contract.ends": lambda: date_format(contract.ends_on, "j E Y") if contract.ends_on else "",
            "customer.name": lambda: contract.organization.short_name,
        }
    )


def of_server(server: Mailbox | SmtpServer, reader: User, step: str) -> Values:
    """What a letter about a mail server knows."""
    address = server.from_address if isinstance(server, SmtpServer) else server.address
    return Values({**of_reader(reader, step), "server.address": lambda: address})


def of_invitation(invitation: Invitation) -> Values:
    """What an invitation knows. Who of the desk invites a customer's person is not told."""
    by, customer = invitation.by, invitation.organization
    return Values(
        {
            **of_reader(invitation.person, _("You are invited to АСМО-support")),
            "inviter.name": lambda: by.name if by and by.organization_id else "",
            "customer.name": lambda: customer.short_name if customer else "",
        }
    )


def sample(form: Form) -> dict[str, str]:
    """A made-up ticket, for whoever writes the texts."""
    known = {
        "reader.name": _("Marina Kovaleva"),
        "letter.step": form.label,
        "letter.note": _("You may simply answer this letter: the answer and its files get into the ticket."),
        "service.name": service_name(),
        "ticket.number": "1042",
        "ticket.subject": _("Form 2-TP prints an empty sheet"),
        "ticket.kind": _("bug"),
        "ticket.product": _("АСМО-ecology"),
        "customer.name": _("Kama-Metall"),
        "requester.name": _("Marina Kovaleva"),
        "specialists": _("Anna Lebedeva"),
        "deadline.answer": _("18 November, 12:00 Moscow time"),
        "deadline.resolution": _("24 November, 17:00 Moscow time"),
        "planned.date": _("1 December 2026"),
        "inviter.name": _("Marina Kovaleva"),
        "contract.number": "17-24",
        "server.address": "support@vendor.example",
        "contract.ends": _("31 December 2026"),
    }
    return {name: known[name] for name in form.names}
