"""A year of the production calendar from outside: read whatever form it comes in, audited, compared. All of it pure."""

from asmo_support.sla.loading.audit import Finding, Severity, audit
from asmo_support.sla.loading.compare import Difference, compare
from asmo_support.sla.loading.days import Unusable, YearDays, derived
from asmo_support.sla.loading.reading import read

__all__ = ["Difference", "Finding", "Severity", "Unusable", "YearDays", "audit", "compare", "derived", "read"]
