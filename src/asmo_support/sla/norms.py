"""Time norms in working minutes, and the matrix of the vendor's own regulation (items 6 and 7)."""

from dataclasses import dataclass

REACTION_MINUTES = 120
RESOLUTION_MINUTES = 480
PLANNED_DATE_RISK_MINUTES = 480
KINDS = ("bug", "consultation", "change")


@dataclass(frozen=True, slots=True)
class Norms:
    """What is promised for a ticket; None is no promise. `planned`: the provider owes a planned date instead of a
    resolution norm. `update_minutes`: the customer hears how it goes at least so often.
    """

    reaction_minutes: int | None
    resolution_minutes: int | None
    planned: bool = False
    update_minutes: int | None = None

    @property
    def planned_date_risk_minutes(self) -> int | None:
        """A ticket that still has no planned date after so many working minutes is at risk."""
        return PLANNED_DATE_RISK_MINUTES if self.planned else None


def norms_for(kind: str, *, critical: bool, standard: bool) -> Norms:
    """The norms of the vendor's own regulation. Only a bug can be critical; a change has no fixed norm."""
    if kind not in KINDS:
        raise ValueError(f"“{kind}” is not a kind of ticket.")
    fixed = kind != "change" and (standard or (critical and kind == "bug"))
    return Norms(REACTION_MINUTES, RESOLUTION_MINUTES if fixed else None, planned=not fixed)
