"""What a kind of contract pays for (regulation, item 3). What falls outside is taken all the same and offered apart.

Pure: kinds come in as the words that catalogue, norms and the API use.
"""

from collections.abc import Iterable
from datetime import date

from asmo_support.contracts.models import Contract, ContractKind

# Support fixes and explains; maintenance changes within the specification of the licences; development adds.
COVERS: dict[str, frozenset[str]] = {
    ContractKind.LICENCE: frozenset({"bug", "consultation"}),
    ContractKind.SUPPORT: frozenset({"bug", "consultation"}),
    ContractKind.MAINTENANCE: frozenset({"bug", "consultation", "change"}),
    ContractKind.DEVELOPMENT: frozenset({"bug", "consultation", "change"}),
}


def covering(contracts: Iterable[Contract], kind: str, day: date) -> Contract | None:
    """The contract under which a request of this kind is served on that day; None when it falls outside."""
    return next((one for one in contracts if one.is_in_force(day) and kind in COVERS[one.kind]), None)
