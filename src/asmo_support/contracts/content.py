"""What is written in a contract, as plain facts: what a form sends and what the rows of the database hold."""

from dataclasses import dataclass

from asmo_support.catalog.models import Module, Product

Case = tuple[str, bool, bool]
# Every case norms are given for: the kind, whether critical, whether standard.
CASES: tuple[Case, ...] = (
    ("bug", True, True), ("bug", True, False), ("bug", False, True), ("bug", False, False),
    ("consultation", False, True), ("consultation", False, False), ("change", False, True), ("change", False, False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Covered:
    """A product, or one module of it."""

    product: Product
    module: Module | None = None

    @property
    def words(self) -> str:
        return f"{self.product.name} · {self.module.name}" if self.module else self.product.name


@dataclass(frozen=True, slots=True)
class Delivered:
    """Licences of a product."""

    product: Product
    count: int
    edition: str = ""
    specification: str = ""

    @property
    def words(self) -> str:
        return f"{self.product.name} {self.edition} × {self.count}; {self.specification}".strip("; ")


@dataclass(frozen=True, slots=True)
class OwnNorm:
    """What is promised in one case instead of the regulation, in working minutes: None is as there, 0 is no promise."""

    case: Case
    reaction_minutes: int | None = None
    resolution_minutes: int | None = None
    planned: bool = False
    update_minutes: int | None = None

    @property
    def words(self) -> str:
        """For history: the case in codes, then reaction/resolution/news in minutes, – for what is as in the regulation
        and 0 for no promise; `sentences` says them in words.
        """
        kind, critical, standard = self.case
        resolution = "plan" if self.planned else self.resolution_minutes
        numbers = "/".join(
            "–" if one is None else str(one) for one in (self.reaction_minutes, resolution, self.update_minutes)
        )
        return f"{kind}{' critical' if critical else ''}{'' if standard else ' non-standard'} {numbers}"
