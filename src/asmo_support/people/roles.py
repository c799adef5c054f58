"""The eight roles and what they mean, as data. Rules about single deeds live in each room's `access.py`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    CONTACT = "contact", _("contact")
    COORDINATOR = "coordinator", _("coordinator")
    OPERATOR = "operator", _("operator")
    ENGINEER = "engineer", _("engineer")
    LEAD = "lead", _("lead")
    RELEASE = "release", _("release manager")
    SECURITY = "security", _("security officer")
    ADMIN = "admin", _("administrator")


CUSTOMER_ROLES = frozenset({Role.CONTACT, Role.COORDINATOR})
STAFF_ROLES = frozenset(Role) - CUSTOMER_ROLES
# Operator, engineer and lead answer, ask, resolve, triage and assign; the others read and write notes.
WORKING_ROLES = frozenset({Role.OPERATOR, Role.ENGINEER, Role.LEAD})


class Visibility(TextChoices):
    """Whose tickets a contact of the organization sees."""

    OWN = "own", _("own tickets")
    DEPARTMENT = "department", _("tickets of the department")
    ALL = "all", _("all tickets of the organization")


class Competence(TextChoices):
    """What a person of a customer does with the product beside using it."""

    ADMINISTRATOR = "administrator", _("administrator: updates, the database, talks to us")
    QUERIES = "queries", _("specialist in queries")
    JAVASCRIPT = "javascript", _("specialist in JavaScript")
    CONSTRUCTOR = "constructor", _("specialist in the constructor of tables, forms and reports")

    @property
    def short(self) -> str:
        """For lists, beside a name."""
        return str(_SHORT[self.value])


_SHORT = {
    "administrator": pgettext_lazy("competence", "administrator"),
    "queries": pgettext_lazy("competence", "queries"),
    "javascript": pgettext_lazy("competence", "JavaScript"),
    "constructor": pgettext_lazy("competence", "constructor"),
}
