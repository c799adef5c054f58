"""Head offices and branches: who stands above, how deep it goes below."""

from asmo_support.people.models import DEEPEST, Organization


def above(organization: Organization) -> list[int]:
    """The head office, its head office and so on, the nearest first."""
    found: list[int] = []
    parent = organization.parent_id
    # Longer than any family may be: a circle would go on for ever.
    while parent is not None and len(found) <= DEEPEST:
        found.append(parent)
        parent = Organization.objects.filter(pk=parent).values_list("parent", flat=True).first()
    return found


def height(organization: Organization) -> int:
    """How many levels lie below: 0 without branches."""
    levels, here = 0, [organization.pk] if organization.pk else []
    while here and levels <= DEEPEST:
        here = list(Organization.objects.filter(parent__in=here).values_list("pk", flat=True))
        levels += bool(here)
    return levels
