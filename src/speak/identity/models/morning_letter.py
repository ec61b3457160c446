"""A letter in the morning, for whoever asked for it, when somebody waits for them."""

from django.db import models

from speak.identity.models.actor import Actor


class MorningLetter(models.Model):
    """That somebody wants one: no row, no letter."""

    actor = models.OneToOneField(Actor, models.CASCADE, primary_key=True, related_name="+")
    token = models.CharField(max_length=64, unique=True, help_text="in the letter, to end them without signing in")
    told_until = models.BigIntegerField(help_text="the last notification that was there when one was sent")
    due_at = models.DateTimeField(db_index=True, help_text="when it is looked next whether somebody waits")

    def __str__(self) -> str:
        """Whose."""
        return f"morning letter of {self.actor_id}"
