"""A letter as it came: the bytes first, what became of it later."""

from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from asmo_support.channels.models.found import found_by
from asmo_support.channels.reasons import UNSURE_OF_SENDER, words_for
from asmo_support.wall.declare import system


class Arrival(models.Model):
    """One letter that reached us. It is kept before anything is done with it and stays whatever is done with it."""

    wall = system(desk="SELECT, UPDATE")

    class Source(models.TextChoices):
        IMAP = "imap", pgettext_lazy("arrival", "mailbox")
        PIPE = "pipe", pgettext_lazy("arrival", "by hand")
        LMTP = "lmtp", pgettext_lazy("arrival", "mail server")

    class State(models.TextChoices):
        STORED = "stored", pgettext_lazy("arrival", "waiting")
        DONE = "done", pgettext_lazy("arrival", "done")
        HELD = "held", pgettext_lazy("arrival", "held")
        QUARANTINED = "quarantined", pgettext_lazy("arrival", "unreadable")
        IGNORED = "ignored", pgettext_lazy("arrival", "set aside")

    class Decision(models.TextChoices):
        NEW = "new", pgettext_lazy("arrival", "new ticket")
        CLAIMS = "claims", pgettext_lazy("arrival", "new ticket, names another one")
        REPLY = "reply", pgettext_lazy("arrival", "reply")
        AUTO_REPLY = "auto-reply", pgettext_lazy("arrival", "automatic reply")
        BOUNCE = "bounce", pgettext_lazy("arrival", "returned letter")
        LOOP = "loop", pgettext_lazy("arrival", "loop stopped")
        DUPLICATE = "duplicate", pgettext_lazy("arrival", "second copy")

    source = models.CharField(max_length=4, choices=Source.choices)
    mailbox = models.ForeignKey("channels.Mailbox", models.PROTECT, null=True, related_name="arrivals", db_index=False)
    uidvalidity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(null=True)
    authserv_id = models.CharField(max_length=253, default="", blank=True)
    # Below a megabyte the bytes are here, above it in a file under their hash.
    raw = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    received_at = models.DateTimeField()
    stored_at = models.DateTimeField(default=timezone.now)

    state = models.CharField(max_length=11, choices=State.choices, default=State.STORED)
    decision = models.CharField(max_length=10, choices=Decision.choices, default="", blank=True)
    # A code (see `channels.reasons`); `detail` is for the desk only.
    reason = models.CharField(max_length=40, default="", blank=True)
    detail = models.TextField(default="", blank=True)
    attempts = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    # What was read in it, for the list and for recognising it again.
    letter_id = models.CharField(max_length=255, default="", blank=True)
    sender = models.CharField(max_length=254, default="", blank=True)
    sender_name = models.CharField(max_length=200, default="", blank=True)
    subject = models.CharField(max_length=250, default="", blank=True)
    words = models.CharField(max_length=64, default="", blank=True)
    authenticated = models.BooleanField(default=False)
    may_answer = models.BooleanField(default=False)
    known_by = found_by("sender", "sender_name", "subject", "letter_id")

    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)
    ticket = models.ForeignKey("tickets.Ticket", models.SET_NULL, null=True, related_name="arrivals")
    entry = models.ForeignKey("tickets.Message", models.SET_NULL, null=True, related_name="+", db_index=False)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", db_index=False)

    objects: "models.Manager[Arrival]" = models.Manager()
    journal_name = "arrival"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uidvalidity", "uid"], name="one_arrival_per_uid"),
            models.UniqueConstraint(
                fields=["ticket"], name="one_letter_opens_a_ticket", condition=Q(decision__in=["new", "claims"])
            ),
            models.CheckConstraint(
                name="arrival_from_imap_has_uid",
                condition=~Q(source="imap") | Q(mailbox__isnull=False, uidvalidity__isnull=False, uid__isnull=False),
            ),
            models.CheckConstraint(name="done_arrival_has_decision", condition=~Q(state="done") | ~Q(decision="")),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="arrival_waiting", condition=Q(state="stored")),
            models.Index(fields=["state", "id"], name="arrival_by_state"),
            models.Index(fields=["sha256"], name="arrival_by_hash"),
            models.Index(fields=["letter_id"], name="arrival_by_letter_id", condition=~Q(letter_id="")),
            models.Index(fields=["sender", "stored_at"], name="arrival_by_sender", condition=~Q(sender="")),
            models.Index(fields=["received_at"], name="arrival_by_time"),
            models.Index(fields=["mailbox", "id"], name="arrival_by_mailbox"),
            models.Index(fields=["reason", "id"], name="arrival_by_reason", condition=Q(state="quarantined")),
            GinIndex(OpClass(F("known_by"), "gin_trgm_ops"), name="arrival_by_words"),
        ]

    @property
    def journal_organization(self) -> int | None:
        return None

    @property
    def why(self) -> str:
        """The reason in words; empty when there is none."""
        return words_for(self.reason) if self.reason else ""

    @property
    def waited_minutes(self) -> float:
        """Since it reached our server. People wait by their own clock, not by the hours of the desk."""
        return (timezone.now() - self.received_at) / timedelta(minutes=1)

    @property
    def can_be_decided(self) -> bool:
        """A person may still say what becomes of it."""
        return self.is_waiting_for_a_person or self.state == self.State.IGNORED

    @property
    def can_be_blocked(self) -> bool:
        """Somebody nobody knows, whose address can be read for certain; a known person's access is closed instead."""
        return bool(self.sender) and self.person_id is None and self.reason not in UNSURE_OF_SENDER

    @property
    def is_waiting_for_a_person(self) -> bool:
        return self.state in {self.State.HELD, self.State.QUARANTINED}


class Thread(models.Model):
    """A Message-ID that belongs to a ticket: of a letter that joined it."""

    wall = system(desk="SELECT, INSERT")

    letter_id = models.CharField(max_length=255)
    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects: "models.Manager[Thread]" = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter_id", "ticket"], name="letter_once_in_a_ticket")]
        indexes = [models.Index(fields=["ticket", "id"], name="thread_of_ticket")]
