"""What somebody said elsewhere, earlier, and brought here."""

from typing import ClassVar

from django.db import models

from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.models.post import Post


class Brought(models.Model):
    """Where a post was said first, so that nothing is brought twice. It stays when the post is taken back."""

    owner = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    key = models.CharField(max_length=512, help_text="what it is called where it was said: an address, mostly")
    answers = models.CharField(max_length=512, blank=True, help_text="the key of what it answers")
    post = models.OneToOneField(Post, models.CASCADE, related_name="brought")
    import_id = models.BigIntegerField(db_index=True, help_text="what brought it, by number")
    kept = models.JSONField(
        default=dict, blank=True, help_text="what was said of it there and has no place here: its readers, its room"
    )
    brought_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "key"], name="one_brought_per_key")]
        indexes: ClassVar = [
            models.Index(fields=["owner", "answers"], name="brought_by_answered", condition=~models.Q(answers=""))
        ]

    def __str__(self) -> str:
        """What was brought."""
        return f"{self.post_id} from {self.key}"
