"""A permission that explains itself: truthy, or falsy with a reason for a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """May it be done; when not, `reason` says why not.

    `late` tells a thing that has moved on (409, the words are kept) from a person without the right (403).
    """

    allowed: bool
    reason: str = ""
    late: bool = False

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(allowed=True)


def no(reason: str) -> Verdict:
    """No right for this person, wherever the thing is."""
    return Verdict(allowed=False, reason=reason)


def not_now(reason: str) -> Verdict:
    """The person may, but the thing is not where it has to be: somebody was faster, or it is over."""
    return Verdict(allowed=False, reason=reason, late=True)
