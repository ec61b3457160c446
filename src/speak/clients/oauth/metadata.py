"""Where an app finds what it needs to come to a token (RFC 8414; IndieAuth 4.1)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from speak.clients.scopes import SENTENCES

WAYS_IN = {
    "indieauth-metadata": "/.well-known/oauth-authorization-server",
    "authorization_endpoint": "/oauth/authorize",
    "token_endpoint": "/oauth/token",
    "micropub": "/micropub",
}


def advertise_ways_in(response: HttpResponse) -> None:
    """Say in the head of somebody's page where an app finds the way in (IndieAuth 4.1; RFC 8288)."""
    said = [f'<{settings.SPEAK_URL}{path}>; rel="{rel}"' for rel, path in WAYS_IN.items()]
    response.headers["Link"] = ", ".join([*filter(None, [response.headers.get("Link", "")]), *said])


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
            "revocation_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
            "introspection_endpoint": f"{here}/oauth/introspect",
            "introspection_endpoint_auth_methods_supported": ["Bearer"],
            "userinfo_endpoint": f"{here}/oauth/userinfo",
            "app_registration_endpoint": f"{here}/api/v1/apps",
            "scopes_supported": list(SENTENCES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
            "client_id_metadata_document_supported": True,
            "authorization_response_iss_parameter_supported": True,
            "code_challenge_methods_supported": ["S256"],
            "service_documentation": f"{here}/guide",
        }
    )
