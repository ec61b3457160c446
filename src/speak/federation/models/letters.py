"""Somebody's words by mail, to those who asked for them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from speak.federation.models.elsewhere import SaidElsewhere
from speak.identity.models import Actor


class Subscriber(models.Model):
    """An address at which somebody asked for the words of somebody here. Without `confirmed_at` it gets none.

    Its author alone sees it. Whoever leaves is forgotten at once: the row is deleted.
    """

    author = models.ForeignKey(Actor, models.CASCADE, related_name="subscribers")
    address = models.EmailField(max_length=254)
    address_key = models.CharField(max_length=254, help_text="the address in lower case")
    token = models.CharField(max_length=64, unique=True, help_text="opens what its reader confirms, and leaves, by")
    language = models.CharField(max_length=16, blank=True, help_text="in which it was asked for")
    asked_at = models.DateTimeField(default=timezone.now, help_text="when they were last asked whether it is them")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True, help_text="since when letters are not taken there")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author", "address_key"], name="one_subscription_per_address")
        ]
        indexes: ClassVar = [models.Index(fields=["address_key", "asked_at"], name="subscriber_by_address")]

    def __str__(self) -> str:
        """Whose reader; never where."""
        return f"a reader of {self.author_id}"


class Letter(models.Model):
    """One post that is still owed to one reader. What was sent leaves no row."""

    said = models.ForeignKey(SaidElsewhere, models.CASCADE, related_name="letters")
    reader = models.ForeignKey(Subscriber, models.CASCADE, related_name="letters")
    due_at = models.DateTimeField(default=timezone.now)
    first_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["said", "reader"], name="one_letter_per_reader")]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="letter_due")]

    def __str__(self) -> str:
        """Of what."""
        return f"a letter of {self.said_id}"
