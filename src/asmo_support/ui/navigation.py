"""Where one can go: what the rail of the desk and the bars of the portal show."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place. `count` is shown when it is not empty; `tone` is "", "act" or "late"."""

    url: str
    label: str
    icon: str
    count: str = ""
    active: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Places under one heading; the first group has none."""

    items: list[NavItem] = field(default_factory=list)
    title: str = ""
