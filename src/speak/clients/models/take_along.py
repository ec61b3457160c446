"""Everything that somebody said, in one file to take along."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Actor
from speak.kernel import clock


class Phase(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", _("It waits for its turn.")
    WORDS = "words", _("Your words are being written down.")
    PAGES = "pages", _("Pages to read are being made of them.")
    PICTURES = "pictures", _("Pictures are being put beside them.")


class TakeAlong(models.Model):
    """Asked for by one person, made in the background, thrown away after a week."""

    owner = models.OneToOneField(Actor, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.WAITING)
    made_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Whose it is."""
        return f"all of {self.owner_id}"
