"""A permission that explains itself: truthy, or falsy with a reason for a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """May it be done; when not, `reason` says why not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(allowed=True)


def no(reason: str) -> Verdict:
    return Verdict(allowed=False, reason=reason)
