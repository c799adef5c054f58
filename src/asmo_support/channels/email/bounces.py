"""A letter of ours that came back: its row says so, and the desk hears of it in the ticket."""

from asmo_support.channels import addresses
from asmo_support.channels.email.letter import Letter, Report
from asmo_support.channels.models import Arrival, Delivery, Passage
from asmo_support.lib.text import clean
from asmo_support.tickets import events
from asmo_support.tickets.actions.recording import record

LONGEST_ANSWER = 2000


def returned(letter: Letter, arrival: Arrival) -> Delivery | None:
    """Find the letter a report speaks of and write down its fate; None when it is not one of ours."""
    found = Delivery.objects.select_for_update(of=("self",)).select_related("ticket")
    delivery = found.filter(message_id__in=letter.original_ids).first()
    if delivery is None:
        return None
    report = _about(delivery, letter.reports)
    answer = storable(f"{report.status} {report.reason}" if report else letter.subject)
    Passage.objects.create(
        delivery=delivery, at=arrival.received_at, kind=Passage.Kind.RETURNED, answer=answer, arrival=arrival
    )
    if report and not _names(report, delivery.address):
        _passed_on(delivery, report, answer)
        return delivery
    delivery.answer = answer
    if report is None or report.action == "failed":
        mark_failed(delivery, Delivery.State.BOUNCED)
    else:
        delivery.save(update_fields=["answer"])
    return delivery


def _passed_on(delivery: Delivery, report: Report, answer: str) -> None:
    """The letter was passed on from its address and failed there: that says nothing of the address itself."""
    if delivery.ticket and report.action == "failed":
        record(
            delivery.ticket, events.LETTER_FAILED, by=None, internal=True, delivery=delivery.pk, state="passed-on",
            address=delivery.address, recipient=report.recipient, answer=answer[:500],
        )  # fmt: skip


def mark_failed(delivery: Delivery, state: Delivery.State) -> None:
    """The letter did not arrive. Once, and in the ticket, where whoever works on it sees it."""
    told, delivery.state, delivery.settled_at = delivery.did_not_arrive, state, None
    delivery.untold = 0
    delivery.save(update_fields=["state", "answer", "attempts", "untold", "due_at", "settled_at"])
    addresses.mark(delivery)
    if delivery.ticket and not told:
        record(delivery.ticket, events.LETTER_FAILED, by=None, internal=True, delivery=delivery.pk,
               address=delivery.address, answer=delivery.answer[:500], state=state)  # fmt: skip


def storable(answer: str) -> str:
    """What a server says, as a text the database takes: no zero bytes, no half characters, not without end."""
    return clean(answer.encode("utf-8", "replace").decode())[:LONGEST_ANSWER]


def _about(delivery: Delivery, reports: tuple[Report, ...]) -> Report | None:
    own = [one for one in reports if _names(one, delivery.address)]
    return next(iter((*own, *reports)), None)


def _names(report: Report, address: str) -> bool:
    """Whether a report speaks of this address: by its name, by none, or by that of a host of the same domain."""
    known = [one.lower() for one in (report.recipient, report.original) if one]
    return not known or any(_same(one, address.lower()) for one in known)


def _same(one: str, other: str) -> bool:
    (box, _at, host), (own_box, _own_at, own_host) = one.rpartition("@"), other.rpartition("@")
    return box == own_box and (host == own_host or host.endswith(f".{own_host}") or own_host.endswith(f".{host}"))
