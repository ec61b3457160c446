"""A code, or an app's own secret, becomes a token; and a token is given back (RFC 6749, 3.2; RFC 7009)."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views import RevokeTokenView, TokenView

from speak.kernel import clock


class TokenForApps(TokenView):  # type: ignore[misc]
    """As Mastodon answers: with when it was made, since it does not end by itself."""

    def post(self, request: HttpRequest, *given: object, **named: object) -> HttpResponse:
        """Exchange a code, or an app's own secret, for a token."""
        response: HttpResponse = super().post(request, *given, **named)
        if response.status_code != HttpResponse.status_code:
            return response
        token = json.loads(response.content)
        kept = {name: token[name] for name in ("access_token", "token_type", "scope")}
        answer = JsonResponse({**kept, "created_at": int(clock.now().timestamp())})
        answer.headers["Cache-Control"] = "no-store"
        return answer


class RevokeForApps(RevokeTokenView):  # type: ignore[misc]
    """As Mastodon answers: with an empty object."""

    def post(self, request: HttpRequest, *given: object, **named: object) -> HttpResponse:
        """Take a token away, whether it was there or not."""
        response: HttpResponse = super().post(request, *given, **named)
        return response if response.content else JsonResponse({})
