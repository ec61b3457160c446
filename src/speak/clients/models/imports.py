"""What somebody brings here from elsewhere: asked for once, done in the background, told of when it is done."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Actor
from speak.voice.reach import Reach


class ImportState(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", _("It waits for its turn.")
    GATHERING = "gathering", _("It is fetched from there, page after page.")
    READING = "reading", _("It is read from one end to the other before anything is written.")
    FETCHING = "fetching", _("The pictures in it are fetched from where they lie.")
    BRINGING = "bringing", _("It is being brought here.")
    TYING = "tying", _("The people, servers and posts that it names are looked up, one after the other.")
    DONE = "done", _("All of it is here.")
    REFUSED = "refused", _("It could not be brought here, and nothing of it was.")
    UNDOING = "undoing", _("What it brought is being taken away again.")


# Nothing happens to these any more.
ENDED = (ImportState.DONE, ImportState.REFUSED)


class Import(models.Model):
    """One file, or account elsewhere, that somebody brings: kept until it is brought, its report until forgotten."""

    owner = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, help_text="what its file was called; of an account elsewhere, its address")
    is_account = models.BooleanField(default=False, help_text="it is fetched from an account elsewhere")
    format = models.CharField(max_length=32, blank=True, help_text="as it was recognized; empty until it is")
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.WAITING)
    open_as = models.PositiveSmallIntegerField(choices=Reach, default=Reach.SELF)
    followers_as = models.PositiveSmallIntegerField(choices=Reach, default=Reach.SELF)
    wrote_as = models.CharField(max_length=200, blank=True, help_text="under which name, where several people wrote")
    total = models.PositiveIntegerField(default=0, help_text="how much there is to bring, once it was read")
    done = models.PositiveIntegerField(default=0)
    ties = models.PositiveIntegerField(default=0, help_text="how many people, servers and posts it names")
    tied = models.PositiveIntegerField(default=0, help_text="how many of these were looked up")
    report = models.JSONField(default=dict, help_text="see `clients.bringing.notes`")
    refused = models.CharField(max_length=500, blank=True, help_text="why, in a sentence")
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now, help_text="when it last went on")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "-id"], name="import_by_owner")]

    def __str__(self) -> str:
        """Whose, of what."""
        return f"{self.name} of {self.owner_id}: {self.state}"
