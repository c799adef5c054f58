"""Documents of a contract: hung on it and taken off, with a trace of both."""

from collections.abc import Sequence

from django.db import transaction

from asmo_support.contracts.models import Contract, ContractFile
from asmo_support.journal.recording import record
from asmo_support.lib.files import Kept
from asmo_support.people.models import User


@transaction.atomic
def attach_papers(contract: Contract, files: Sequence[Kept], *, by: User) -> list[ContractFile]:
    """Hang kept files on the contract; the customer's coordinator may read them."""
    rows = []
    for file in files:
        row = ContractFile(contract=contract, organization_id=contract.organization_id, author=by)
        row.name, row.content_type, row.size, row.sha256 = file.name, file.kind, file.size, file.sha256
        row.save(force_insert=True)
        record(contract, "contract.file-added", by=by, internal=True, name=file.name, sha256=file.sha256)
        rows.append(row)
    return rows


@transaction.atomic
def remove_paper(paper: ContractFile, *, by: User) -> None:
    """Take a document off. Its name and hash stay in history, its bytes on the disk."""
    contract = paper.contract
    record(contract, "contract.file-removed", by=by, internal=True, name=paper.name, sha256=paper.sha256)
    paper.delete()
