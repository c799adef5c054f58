"""A budget of hours: what was bought, what is drawn, what is left. Pure; going over it is said, never blocked."""

from dataclasses import dataclass

SCARCE = 0.2


@dataclass(frozen=True, slots=True)
class Budget:
    """Minutes bought and minutes drawn."""

    minutes: int
    drawn: int

    @property
    def left(self) -> int:
        """Negative when more was worked than bought."""
        return self.minutes - self.drawn

    @property
    def over(self) -> int:
        """How much more was worked than bought."""
        return max(-self.left, 0)

    @property
    def share(self) -> int:
        """Percent drawn, for a bar: never beyond its end."""
        return min(100, round(100 * self.drawn / self.minutes)) if self.minutes else 100

    @property
    def is_scarce(self) -> bool:
        return self.left <= self.minutes * SCARCE


def charged(minutes: int, rounding: int) -> int:
    """What an entry of work draws: rounded up to whole steps, as the contract says."""
    return -(-minutes // rounding) * rounding
