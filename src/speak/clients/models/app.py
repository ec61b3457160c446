"""A program that speaks with us for a person."""

from typing import ClassVar

from django.db import models
from oauth2_provider.models import AbstractApplication

from speak.identity.models import User


class App(AbstractApplication):  # type: ignore[misc]
    """An app as it registered itself: Mastodon's way knows no developer, no approval and one kind of app."""

    objects: ClassVar[models.Manager["App"]] = models.Manager()

    OUT_OF_BAND: ClassVar = "urn:ietf:wg:oauth:2.0:oob"
    GRANTS: ClassVar = frozenset(
        {AbstractApplication.GRANT_AUTHORIZATION_CODE, AbstractApplication.GRANT_CLIENT_CREDENTIALS}
    )

    # Who registered it is nobody in particular.
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    website = models.CharField(max_length=2048, blank=True)
    scopes = models.CharField(max_length=2000, default="read", help_text="what it may ask for, separated by spaces")

    def allows_grant_type(self, *grant_types: str) -> bool:
        """An app acts for a person who agreed, and for itself; it never handles a password."""
        return bool(self.GRANTS & set(grant_types))

    def redirect_uri_allowed(self, uri: str) -> bool:
        """Exactly one that it registered (RFC 9700, 2.1); on the machine of the app, at any port (RFC 8252, 7.3)."""
        return uri in self.redirect_uris.split() or super().redirect_uri_allowed(uri)

    def get_allowed_schemes(self) -> list[str]:
        """Those of the addresses that it registered: apps on phones have schemes of their own."""
        return sorted({uri.partition(":")[0].lower() for uri in self.redirect_uris.split()})
