"""Keys for programs."""

from django.db import models
from django.utils import timezone

from asmo_support.people.models.user import User
from asmo_support.wall.declare import system


class AccessToken(models.Model):
    """A key for a program that acts as a person. Only its hash is kept."""

    wall = system()

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects: "models.Manager[AccessToken]" = models.Manager()
