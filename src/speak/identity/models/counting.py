"""Whether, and how, somebody is counted where a conversation is looked at as a whole."""

from django.db import models

from speak.identity.models.actor import Actor


class Counting(models.Model):
    """What somebody asked for; whoever asked for nothing is counted, under each of their addresses."""

    actor = models.OneToOneField(Actor, models.CASCADE, primary_key=True, related_name="+")
    is_counted = models.BooleanField(default=True, help_text="otherwise they leave before anything is counted")
    addresses_are_one = models.BooleanField(default=False, help_text="their confirmed addresses are one person")

    def __str__(self) -> str:
        """Whose."""
        return f"counting of {self.actor_id}"
