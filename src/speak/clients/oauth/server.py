"""What we ask of django-oauth-toolkit and oauthlib beyond their settings."""

import oauthlib.oauth2
from django.http import HttpRequest
from oauth2_provider.oauth2_backends import OAuthLibCore

from speak.clients.api import parameters
from speak.kernel.errors import Refusal


class Server(oauthlib.oauth2.Server):  # type: ignore[misc]
    """Tokens last until they are taken away, so that nothing is given to renew them."""

    def __init__(self, *given: object, **named: object) -> None:
        """As oauthlib makes it, without tokens for refreshing."""
        super().__init__(*given, **named)
        self.auth_grant.refresh_token = False


class FormsAndJson(OAuthLibCore):  # type: ignore[misc]
    """Apps for Mastodon send what OAuth wants as a form, or as JSON."""

    def extract_body(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Names and values of what was sent."""
        if request.content_type != "application/json":
            form: list[tuple[str, str]] = super().extract_body(request)
            return form
        try:
            sent = parameters.of_json(request.body)
        except Refusal:
            return []
        return [(name, value) for name, value in sent.items() if isinstance(value, str)]
