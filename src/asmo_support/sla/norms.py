"""The time norms of the vendor's regulation, in working minutes."""

from dataclasses import dataclass

REACTION_MINUTES = 120
RESOLUTION_MINUTES = 480
PLANNED_DATE_RISK_MINUTES = 480
KINDS = ("bug", "consultation", "change")


@dataclass(frozen=True, slots=True)
class Norms:
    """What is promised for a ticket. Without a resolution norm the provider owes a planned date instead."""

    reaction_minutes: int
    resolution_minutes: int | None

    @property
    def needs_planned_date(self) -> bool:
        """A planned date falls due at its day's closing (`WorkTable.closing`)."""
        return self.resolution_minutes is None

    @property
    def planned_date_risk_minutes(self) -> int | None:
        """A ticket that still has no planned date after so many working minutes is at risk."""
        return PLANNED_DATE_RISK_MINUTES if self.needs_planned_date else None


def norms_for(kind: str, *, critical: bool, standard: bool) -> Norms:
    """The norms of items 6 and 7 of the regulation. Only a bug can be critical; a change has no fixed norm."""
    if kind not in KINDS:
        raise ValueError(f"“{kind}” is not a kind of ticket.")
    fixed = kind != "change" and (standard or (critical and kind == "bug"))
    return Norms(REACTION_MINUTES, RESOLUTION_MINUTES if fixed else None)
