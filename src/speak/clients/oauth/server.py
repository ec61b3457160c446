"""What we ask of django-oauth-toolkit and oauthlib beyond their settings."""

import oauthlib.oauth2
from django.http import HttpRequest
from oauth2_provider.oauth2_backends import OAuthLibCore
from oauth2_provider.oauth2_validators import OAuth2Validator

from speak.clients.api import parameters
from speak.kernel.errors import Refusal


class Server(oauthlib.oauth2.Server):  # type: ignore[misc]
    """Tokens last until they are taken away, so that nothing is given to renew them."""

    def __init__(self, *given: object, **named: object) -> None:
        """As oauthlib makes it, without tokens for refreshing."""
        super().__init__(*given, **named)
        self.auth_grant.refresh_token = False


class Validator(OAuth2Validator):  # type: ignore[misc]
    """As django-oauth-toolkit has it; an app is not looked for under a name that no database keeps."""

    def _load_application(self, client_id: str, request: object) -> object:
        return super()._load_application(client_id, request) if parameters.can_be_kept(client_id) else None


class FormsAndJson(OAuthLibCore):  # type: ignore[misc]
    """Apps for Mastodon send what OAuth wants as a form, or as JSON."""

    def extract_body(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Names and values of what was sent."""
        sent = self._json(request) if request.content_type == "application/json" else super().extract_body(request)
        return [(name, value) for name, value in sent if isinstance(value, str) and parameters.can_be_kept(value)]

    @staticmethod
    def _json(request: HttpRequest) -> list[tuple[str, object]]:
        try:
            return list(parameters.of_json(request.body).items())
        except Refusal:
            return []
