"""A caller nobody has written down yet: whose person it is, and the entry that is made together with the call."""

from django.utils.translation import gettext as _

from asmo_support.desk.forms.calls import CallForm
from asmo_support.lib.errors import Refused
from asmo_support.people.access import may_keep_customers
from asmo_support.people.actions.people import add_person
from asmo_support.people.lookups import organization_by_domain
from asmo_support.people.models import Organization, User
from asmo_support.people.queries import find_organizations
from asmo_support.people.roles import Role


def added(form: CallForm, organization: Organization | None, user: User) -> User | None:
    """The caller, when a name says that nobody knows them yet: a contact with the number of the call."""
    said = form.cleaned_data
    name, email, home = said["caller_name"], said["caller_email"], said["caller_home"].strip()
    if not (name or email or (home and organization is None)) or not may_keep_customers(user):
        return None
    if not name or not email:
        missing = "caller_email" if name else "caller_name"
        raise Refused(_("A new person needs a name and an address; leave both empty to go on without."), field=missing)
    organization = organization or _named(home, email, user)
    known = {"name": name, "email": email, "phone": said["typed"], "role": Role.CONTACT}
    try:
        return add_person(known, by=user, organization=organization)
    except Refused as refusal:
        fields = {"email": "caller_email", "phone": "typed"}
        raise Refused(refusal.words, field=fields.get(refusal.field or "", "caller_name")) from refusal


def _named(home: str, email: str, user: User) -> Organization:
    """The one customer somebody means. A domain only helps to write the name: who calls is for a person to say."""
    found = find_organizations(user, home, besides=0) if home else []
    exact = [one for one in found if home.casefold() in {one.short_name.casefold(), one.name.casefold()}]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        names = "; ".join(one.short_name for one in found)
        raise Refused(_("Several customers are called so: %(names)s. Write the whole name.") % {"names": names},
                      field="caller_home")  # fmt: skip
    if home:
        raise Refused(_("There is no customer with such a name. Add the customer first, or go on without a person."),
                      field="caller_home")  # fmt: skip
    hint = organization_by_domain(email)
    if hint is None:
        raise Refused(_("Say which customer the new person is of."), field="caller_home")
    raise Refused(
        _("Say which customer the new person is of. The address is of “%(name)s”.") % {"name": hint.short_name},
        field="caller_home",
    )
