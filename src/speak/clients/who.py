"""Whose token it is (OpenID Connect Core 5.3, as Mastodon serves it; IndieAuth 9)."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from speak.clients.oauth.profile import described
from speak.clients.tokens import NoToken, ScopeMissing, bearer_of, bearer_shown


@csrf_exempt
@require_http_methods(["GET", "POST"])
def userinfo(request: HttpRequest) -> JsonResponse:
    """The person a token belongs to; 401 without a good token, 403 without the scope."""
    try:
        actor = bearer_of(request, scopes=["profile", "read"])
    except NoToken as refusal:
        answer = JsonResponse({"error": "invalid_token", "error_description": str(refusal)}, status=401)
        answer.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return answer
    except ScopeMissing as refusal:
        answer = JsonResponse({"error": "insufficient_scope", "error_description": str(refusal)}, status=403)
        answer.headers["WWW-Authenticate"] = 'Bearer error="insufficient_scope"'
        return answer
    bearer = bearer_shown(request)
    return JsonResponse(
        {
            **(described(actor, bearer) if bearer else {}),
            "iss": settings.SPEAK_URL,
            "sub": actor.uri,
            "name": actor.called,
            "preferred_username": actor.handle,
            "profile": actor.url,
            "picture": actor.picture_url,
        }
    )
