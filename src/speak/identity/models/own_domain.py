"""A domain that somebody brought."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from speak.identity.models.actor import Actor
from speak.kernel import clock


class Proof(models.TextChoices):
    """How it was seen that a domain is somebody's; none where it was not, or is no longer."""

    NONE = "", _("nothing")
    FILE = "file", _("a file")
    RECORD = "record", _("a record")


class OwnDomain(models.Model):
    """Theirs here from the moment a proof is found, until it is not seen for days. Others may claim the same."""

    actor = models.OneToOneField(Actor, models.CASCADE, related_name="own_domain")
    name = models.CharField(max_length=253, help_text="in lower case, as DNS has it (xn--…)")
    token = models.CharField(max_length=64, help_text="what the proof has to say; another one for everybody")
    proof = models.CharField(max_length=8, choices=Proof, default=Proof.NONE, blank=True)
    proven_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)
    is_answering = models.BooleanField(
        default=False, help_text="whether WebFinger at the domain leads to its owner here"
    )
    wants_handle = models.BooleanField(default=False, help_text="whether the address of its owner shall be on it")
    brought_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="when it is looked at again; never where nobody waits"
    )
    missing_since = models.DateTimeField(null=True, blank=True, help_text="since when what holds could not be seen")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=~models.Q(proof=""), name="one_owner_of_a_domain"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name"], name="own_domain_by_name"),
            models.Index(fields=["due_at"], name="own_domain_due"),
        ]

    def __str__(self) -> str:
        """The domain."""
        return self.name

    @property
    def is_proven(self) -> bool:
        """Whether it is theirs here at present."""
        return self.proof != Proof.NONE
