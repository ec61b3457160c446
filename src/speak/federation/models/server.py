"""Another server on the network, as far as delivering to it goes."""

from django.db import models

from speak.federation.signatures import Scheme

SCHEMES = [(scheme.value, scheme.name) for scheme in Scheme]


class Server(models.Model):
    """How a server has answered lately: its breaker, and the way of signing it understands."""

    host = models.CharField(max_length=255, unique=True)
    scheme = models.CharField(max_length=16, choices=SCHEMES, default=Scheme.CAVAGE.value)
    wish = models.CharField(max_length=500, blank=True, help_text="what it wants signed (Accept-Signature)")
    failures = models.PositiveIntegerField(default=0, help_text="in a row, since it last took something")
    failing_days = models.PositiveSmallIntegerField(default=0, help_text="distinct days of nothing but failures")
    failed_on = models.DateField(null=True, blank=True, help_text="the last of those days")
    open_until = models.DateTimeField(null=True, blank=True, help_text="nothing is sent before; then one probe")
    last_failure = models.CharField(max_length=300, blank=True)
    last_taken_at = models.DateTimeField(null=True, blank=True)
    last_heard_at = models.DateTimeField(null=True, blank=True, help_text="it spoke to us when we could not reach it")

    def __str__(self) -> str:
        """Its host."""
        return self.host
