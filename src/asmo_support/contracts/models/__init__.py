"""What a customer bought and what was promised for it."""

from asmo_support.contracts.models.content import ContractFile, ContractModule, ContractNorm, Licence
from asmo_support.contracts.models.contract import Contract, ContractKind
from asmo_support.contracts.models.installation import Installation, InstallationContact, InstallationModule

__all__ = [
    "Contract",
    "ContractFile",
    "ContractKind",
    "ContractModule",
    "ContractNorm",
    "Installation",
    "InstallationContact",
    "InstallationModule",
    "Licence",
]
