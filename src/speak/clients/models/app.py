"""A program that speaks with us for a person."""

import re
from typing import ClassVar
from urllib.parse import urlsplit

from django.db import models
from oauth2_provider.models import AbstractApplication

from speak.identity.models import User

# A scheme, and something behind it; the schemes that a browser would run as a program lead nowhere.
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+")
NEVER = frozenset({"javascript", "data", "vbscript", "file", "blob", "about"})


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

    @property
    def is_site(self) -> bool:
        """Whether it did not register, and is known by its address (IndieAuth)."""
        return bool(self.registration_source == self.RegistrationSource.CIMD)

    @staticmethod
    def may_lead_to(address: str) -> bool:
        """Whether a person may be led to this address at all."""
        return bool(ADDRESS.fullmatch(address)) and address.partition(":")[0].lower() not in NEVER

    def redirect_uri_allowed(self, uri: str) -> bool:
        """Exactly one that it registered (RFC 9700, 2.1); on the machine of the app, at any port (RFC 8252, 7.3).

        Where it is known by its address: one that it names there, or any at the same place (IndieAuth 5.2).
        """
        if uri in self.redirect_uris.split():
            return True
        if self.is_site:
            return self.may_lead_to(uri) and _place(uri) == _place(self.client_id)
        return bool(super().redirect_uri_allowed(uri))

    def get_allowed_schemes(self) -> list[str]:
        """Those of the addresses that it registered: apps on phones have schemes of their own."""
        addresses = [*self.redirect_uris.split(), *([self.client_id] if self.is_site else [])]
        return sorted({uri.partition(":")[0].lower() for uri in addresses})


def _place(address: str) -> tuple[str, str]:
    """Scheme and host with its port; of nothing that could be read in two ways."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", address
    is_plain = "@" not in parts.netloc and "\\" not in address
    return (parts.scheme.lower(), parts.netloc.lower()) if is_plain else ("", address)
