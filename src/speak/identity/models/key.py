"""Keys with which actors sign, and with which their signatures are checked."""

from typing import ClassVar

from django.db import models

from speak.identity.models.actor import Actor
from speak.kernel import clock


class KeyKind(models.TextChoices):
    """RSA-2048 for everybody, Ed25519 as FEP-521a publishes it."""

    RSA = "rsa"
    ED25519 = "ed25519"


class Key(models.Model):
    """A public key of an actor; the private half only for those whose home is here."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=8, choices=KeyKind)
    key_uri = models.CharField(max_length=2048, unique=True)
    public_pem = models.TextField()
    private_pem = models.TextField(blank=True)
    fetched_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "kind", "key_uri"], name="one_key_per_uri")]

    def __str__(self) -> str:
        """The key's own address."""
        return self.key_uri
