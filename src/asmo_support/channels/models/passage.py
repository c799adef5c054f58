"""What happened to a letter of ours on its way, step by step."""

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.wall.declare import system


class Passage(models.Model):
    """One try to hand a letter over with the server's answer, or what came back later."""

    wall = system(desk="SELECT")

    class Kind(models.TextChoices):
        SENT = "sent", pgettext_lazy("passage", "accepted by the mail server")
        LATER = "later", pgettext_lazy("passage", "put off by the mail server")
        REFUSED = "refused", pgettext_lazy("passage", "refused by the mail server")
        RETURNED = "returned", pgettext_lazy("passage", "a report came back")
        UNKNOWN = "unknown", pgettext_lazy("passage", "handed over several times, the outcome is not known")
        UNSENT = "unsent", pgettext_lazy("passage", "not tried: the address takes no letters")

    delivery = models.ForeignKey("channels.Delivery", models.CASCADE, related_name="passages", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    answer = models.TextField(default="", blank=True)
    # The report itself.
    arrival = models.ForeignKey("channels.Arrival", models.SET_NULL, null=True, related_name="+", db_index=False)

    objects: "models.Manager[Passage]" = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["delivery", "id"], name="passage_of_delivery")]
