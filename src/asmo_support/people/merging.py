"""What this room does when two customers, or two people, turn out to be one."""

from asmo_support.people.models import Organization, User
from asmo_support.people.roles import Competence
from asmo_support.wall.moving import Moved, move_organization
from asmo_support.wall.moving import move_person as move_everywhere

# Keys and links of an entry that is over open nothing, whoever's they would be; who invited, made or merged is history.
KEPT = frozenset(
    {
        "people_user.merged_into_id", "people_accesstoken.user_id", "people_invitation.person_id",
        "people_invitation.by_id", "people_organizationdomain.by_id", "people_merge.by_id",
    }
)  # fmt: skip


def move_to(old: int, new: int) -> Moved:
    """People, domains and invitations, and the branches below."""
    Organization.objects.filter(pk=new, parent=old).update(parent=Organization.objects.filter(pk=old).values("parent"))
    branches = Organization.objects.filter(parent=old).update(parent=new)
    return move_organization("people", old, new) | ({"people_organization.parent_id": branches} if branches else {})


def move_person(old: int, new: int) -> Moved:
    """What is known of the old entry fills what the new one leaves empty; the old address leads to the new one."""
    gone, stays = User.objects.get(pk=old), User.objects.get(pk=new)
    for name in ("position", "department"):
        setattr(stays, name, getattr(stays, name) or getattr(gone, name))
    # Whoever calls from the old number is known by it from now on.
    if set(gone.numbers) - set(stays.numbers) or not stays.phone:
        stays.phone = ", ".join(filter(None, (stays.phone, gone.phone)))[:200]
    stays.competences = [one.value for one in Competence if one.value in {*stays.competences, *gone.competences}]
    stays.save(update_fields=["phone", "position", "department", "competences"])
    User.objects.filter(merged_into=old).update(merged_into=new)
    return move_everywhere("people", old, new, kept=KEPT)
