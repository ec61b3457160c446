"""Words shown inside the words of somebody else, with the consent of whoever said them."""

from typing import ClassVar

from django.db import models

from speak.kernel import clock
from speak.kernel.ids import new_id
from speak.voice.models.post import Post


class Consent(models.TextChoices):
    """What whoever is quoted has said to it. Only what is agreed is shown."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Quote(models.Model):
    """One post that shows another. `quoted` is empty as long as that post is not known here.

    `stamp_uri` is where the server of whoever is quoted says that they agreed (FEP-044f); empty for
    those who quote themselves. `request_uri` is the activity that asked.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    post = models.OneToOneField(Post, models.CASCADE, related_name="quote")
    quoted = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="quotes")
    quoted_uri = models.CharField(max_length=2048, db_index=True)
    state = models.CharField(max_length=16, choices=Consent, default=Consent.ASKED)
    request_uri = models.CharField(max_length=2048, blank=True, db_index=True)
    stamp_uri = models.CharField(max_length=2048, blank=True, db_index=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["quoted", "state"], name="quote_by_quoted")]

    def __str__(self) -> str:
        """Which post shows which."""
        return f"{self.post_id} quotes {self.quoted_uri} ({self.state})"
