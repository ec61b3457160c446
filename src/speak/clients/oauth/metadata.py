"""Where an app finds what it needs to come to a token (RFC 8414)."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from speak.clients.scopes import SENTENCES


@require_safe
def authorization_server(_request: HttpRequest) -> JsonResponse:
    """The addresses and what they take."""
    here = settings.SPEAK_URL
    return JsonResponse(
        {
            "issuer": here,
            "authorization_endpoint": f"{here}/oauth/authorize",
            "token_endpoint": f"{here}/oauth/token",
            "revocation_endpoint": f"{here}/oauth/revoke",
            "userinfo_endpoint": f"{here}/oauth/userinfo",
            "app_registration_endpoint": f"{here}/api/v1/apps",
            "scopes_supported": list(SENTENCES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "service_documentation": f"{here}/guide",
        }
    )
