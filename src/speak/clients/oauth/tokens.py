"""A code, or an app's own secret, becomes a token, which is given back (RFC 6749, 3.2; RFC 7009; IndieAuth 5 to 7)."""

import json

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from oauth2_provider.models import AccessToken
from oauth2_provider.views import RevokeTokenView, TokenView

from speak.clients.oauth.profile import profile_of
from speak.clients.scopes import IDENTIFY
from speak.clients.tokens import Bearer, NoToken, bearer_shown, bearer_with
from speak.kernel import clock

NO_SCOPE = {"error": "invalid_grant", "error_description": "No scope was asked for, so that there is no token."}


class TokenForApps(TokenView):  # type: ignore[misc]
    """As Mastodon answers: with when it was made, since it does not end by itself; to a site also with who it is."""

    @transaction.atomic
    def post(self, request: HttpRequest, *given: object, **named: object) -> HttpResponse:
        """Exchange a code, or an app's own secret, for a token."""
        response: HttpResponse = super().post(request, *given, **named)
        if response.status_code != HttpResponse.status_code:
            return response
        token = json.loads(response.content)
        bearer = bearer_with(token["access_token"])
        is_site = bearer.app is not None and bearer.app.is_site
        if is_site and bearer.scopes <= {IDENTIFY}:
            AccessToken.objects.filter(pk=bearer.token_id).delete()
            return _kept_by_nobody(JsonResponse(NO_SCOPE, status=400))
        kept = {name: token[name] for name in ("access_token", "token_type", "scope")}
        who = profile_of(bearer) if is_site else {}
        return _kept_by_nobody(JsonResponse({**kept, "created_at": int(clock.now().timestamp()), **who}))


class ProfileForSites(TokenView):  # type: ignore[misc]
    """Who it is that let a site in, for a code and without a token (IndieAuth 5.3.2)."""

    @transaction.atomic
    def post(self, request: HttpRequest, *given: object, **named: object) -> HttpResponse:
        """Exchange a code for the address of whoever agreed, and their profile where that was asked for."""
        response: HttpResponse = super().post(request, *given, **named)
        if response.status_code != HttpResponse.status_code:
            return response
        bearer = bearer_with(json.loads(response.content)["access_token"])
        AccessToken.objects.filter(pk=bearer.token_id).delete()
        if bearer.app is None or not bearer.app.is_site or bearer.actor is None:
            return _kept_by_nobody(JsonResponse({"error": "unauthorized_client"}, status=400))
        return _kept_by_nobody(JsonResponse(profile_of(bearer)))


class RevokeForApps(RevokeTokenView):  # type: ignore[misc]
    """As Mastodon answers: with an empty object. Whoever shows the token of a site may give it back (IndieAuth 7.1)."""

    def post(self, request: HttpRequest, *given: object, **named: object) -> HttpResponse:
        """Take a token away, whether it was there or not."""
        if "client_id" not in request.POST and "Authorization" not in request.headers and "token" in request.POST:
            _give_back(request.POST["token"])
            return JsonResponse({})
        response: HttpResponse = super().post(request, *given, **named)
        return response if response.content else JsonResponse({})


@csrf_exempt
@require_POST
def introspect(request: HttpRequest) -> JsonResponse:
    """What a token is worth, to whoever shows one of the same person or app (IndieAuth 6; RFC 7662)."""
    try:
        asking = bearer_shown(request)
    except NoToken:
        asking = None
    if asking is None:
        answer = JsonResponse({"error": "invalid_token"}, status=401)
        answer.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return answer
    try:
        asked = bearer_with(request.POST.get("token", ""))
    except NoToken:
        return _kept_by_nobody(JsonResponse({"active": False}))
    return _kept_by_nobody(JsonResponse(_worth(asking, asked)))


def _worth(asking: Bearer, asked: Bearer) -> dict[str, object]:
    is_theirs = asked.actor is not None and asking.actor == asked.actor
    if asked.actor is None or not (is_theirs or (asking.app is not None and asking.app == asked.app)):
        return {"active": False}
    row = AccessToken.objects.get(pk=asked.token_id)
    return {
        "active": True,
        "me": asked.actor.home_url,
        "client_id": asked.app.client_id if asked.app else "",
        "scope": " ".join(sorted(asked.scopes - {IDENTIFY})),
        "exp": int(row.expires.timestamp()),
        "iat": int(row.created.timestamp()),
    }


def _give_back(token: str) -> None:
    try:
        bearer = bearer_with(token)
    except NoToken:
        return
    if bearer.app is not None and bearer.app.is_site:
        AccessToken.objects.filter(pk=bearer.token_id).delete()


def _kept_by_nobody(answer: JsonResponse) -> JsonResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer
