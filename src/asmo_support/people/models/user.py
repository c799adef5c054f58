"""People: of the desk, without an organization, or of a customer."""

from functools import cached_property
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Now
from django.utils import timezone

from asmo_support.lib.text import sort_key
from asmo_support.people.models.numbers import Numbers, kept
from asmo_support.people.models.organization import Organization
from asmo_support.people.roles import CUSTOMER_ROLES, STAFF_ROLES, WORKING_ROLES, Competence, Role
from asmo_support.wall.declare import tenant


class UserQuerySet(models.QuerySet["User"]):
    def staff(self) -> Self:
        return self.filter(role__in=STAFF_ROLES)

    def working(self) -> Self:
        return self.filter(role__in=WORKING_ROLES, is_active=True)

    def visible_to(self, user: "User") -> Self:
        return self if user.is_staff else self.filter(organization__in=user.organization_ids)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=canonical_email(username or ""))  # type: ignore[no-any-return]


class User(Numbers, AbstractBaseUser):
    """A person: of the desk (no organization) or of a customer."""

    # The portal reads the names of the desk and writes its own people alone.
    wall = tenant(portal="SELECT, INSERT, UPDATE", rule="({own} OR organization_id IS NULL)", change="{own}")

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150)
    sort_name = models.CharField(max_length=150, editable=False)
    role = models.CharField(max_length=12, choices=Role.choices)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="people")
    department = models.CharField(max_length=100, default="", blank=True)
    position = models.CharField(max_length=100, default="", blank=True)
    # As it was typed, several separated by commas; `numbers` is made of it.
    phone = models.CharField(max_length=200, default="", blank=True)
    # The inner number of somebody of the desk, by which the telephone exchange calls them.
    extension = models.CharField(max_length=20, default="", db_default="", blank=True)
    language = models.CharField(max_length=2, default="ru")
    theme = models.CharField(max_length=5, default="", blank=True)
    competences = ArrayField(
        models.CharField(max_length=13, choices=Competence.choices),
        default=list,
        db_default=Value([], output_field=ArrayField(models.CharField(max_length=13))),
        blank=True,
    )
    is_active = models.BooleanField(default=True)
    # The person this one turned out to be: letters from the old address count as theirs.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()
    journal_name = "user"

    class Meta:
        indexes = [
            models.Index(fields=["organization", "sort_name", "id"], name="person_by_name"),
            GinIndex(fields=["numbers"], name="person_by_number"),
        ]
        constraints = [
            # Addresses are canonical (below): their own index is the one that people are looked up by.
            models.UniqueConstraint(fields=["email"], name="one_person_per_address"),
            models.CheckConstraint(name="address_is_canonical", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="customer_has_organization",
                condition=Q(role__in=sorted(CUSTOMER_ROLES), organization__isnull=False)
                | Q(role__in=sorted(STAFF_ROLES), organization__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["extension"], name="one_person_per_extension", condition=Q(is_active=True) & ~Q(extension="")
            ),
            models.CheckConstraint(
                name="inner_number_of_the_desk", condition=Q(extension="") | Q(organization__isnull=True)
            ),
            models.CheckConstraint(
                name="competences_are_known", condition=Q(competences__contained_by=sorted(Competence.values))
            ),
            models.CheckConstraint(
                name="merged_person_is_shut_out",
                condition=Q(merged_into__isnull=True) | (Q(is_active=False) & ~Q(merged_into=F("id"))),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def journal_organization(self) -> int | None:
        return self.organization_id

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def is_working(self) -> bool:
        """May answer, ask, resolve, triage and assign."""
        return self.role in WORKING_ROLES

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR

    @property
    def has_joined(self) -> bool:
        """Has set a password, and so can sign in."""
        return self.has_usable_password()

    @property
    def competence_names(self) -> list[str]:
        """What the person knows, in short words and in one order."""
        return [one.short for one in Competence if one.value in self.competences]

    @cached_property
    def organization_ids(self) -> tuple[int, ...]:
        """The organizations whose rows this person may reach: the own one, a coordinator's with its branches."""
        if self.organization_id is None:
            return ()
        if not self.is_coordinator:
            return (self.organization_id,)
        own = self.organization_id
        family = Organization.objects.filter(Q(pk=own) | Q(parent=own) | Q(parent__parent=own))
        return tuple(sorted(family.values_list("pk", flat=True)))

    def save(self, **options: object) -> None:
        self.email = canonical_email(self.email)
        self.sort_name = sort_key(self.name)
        self.numbers = kept(self.phone, options, "phone")
        super().save(**options)  # type: ignore[arg-type]


def canonical_email(address: str) -> str:
    """One form for one address: NFKC, no spaces around, lower case."""
    from unicodedata import normalize

    return normalize("NFKC", address).strip().lower()
