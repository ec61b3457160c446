"""Connecting an account on another server: it asks its owner there whether this one may speak for them (RFC 6749, 4.1).

https://docs.joinmastodon.org/methods/apps/ and /methods/oauth/. With a proof key where that server says it knows it
(RFC 7636); no password of theirs is ever seen here.
"""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode, urlsplit

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from speak.federation.documents import Malformed, Node, decode
from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.elsewhere import mastodon
from speak.federation.elsewhere.keeping import check_room_for_more, keep
from speak.federation.models import AppThere, Elsewhere, ElsewhereKind
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotAllowed
from speak.kernel.outbound import Answer, Ask, Call, OutboundFailure, Purpose
from speak.safety.queries import is_refused

SCOPES = "read:accounts read:statuses write:statuses write:media"
# Servers forget apps that nobody uses; after so long an unused one is registered anew.
UNUSED_LIFE = dt.timedelta(hours=1)
OK = range(200, 300)
REFUSED = frozenset({400, 401})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is remembered while somebody is at their other server: never told to anybody."""

    server_url: str
    issuer: str
    state: str
    verifier: str

    def kept(self) -> dict[str, str]:
        """For the session."""
        return asdict(self)


def redirect_uri() -> str:
    """Where people come back to."""
    return f"{settings.SPEAK_URL}/settings/elsewhere/back"


def begin(owner: Actor, typed: str, *, ask: Ask) -> tuple[Asked, str]:
    """Make this server known to that one; what to remember, and where to lead the person.

    Raises:
        Invalid: it is no such server, or cannot be asked.
        TooMuch: there are many places already.
    """
    check_room_for_more(owner)
    server_url = _home_of(typed, ask) or server_in(typed)
    if is_refused(host_of(server_url)):
        raise Invalid(_("This server has nothing to do with that one."))
    try:
        about = _about(server_url, ask)
        app = _registered(server_url, ask)
    except (OutboundFailure, Malformed) as failure:
        raise Invalid(_("That server cannot be reached, or speaks otherwise.")) from failure
    issuer = about.text("issuer", most=500) if about else ""
    asked = Asked(server_url, issuer, secrets.token_urlsafe(24), _verifier(about))
    query = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uri,
        "scope": SCOPES,
        "state": asked.state,
    }
    if asked.verifier:
        digest = hashlib.sha256(asked.verifier.encode()).digest()
        query["code_challenge"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        query["code_challenge_method"] = "S256"
    return asked, f"{server_url}/oauth/authorize?{urlencode(query)}"


def finish(owner: Actor, asked: Asked, given: Mapping[str, str], *, ask: Ask) -> Elsewhere:
    """Keep the account, once its owner came back having said yes.

    Raises:
        NotAllowed: they said no, or whoever answers is not who was asked.
    """
    if not hmac.compare_digest(given.get("state", "").encode(), asked.state.encode()):
        raise NotAllowed(_("That is not the answer to what was asked here."), hint=_("Begin again."))
    if asked.issuer and given.get("iss", asked.issuer).rstrip("/") != asked.issuer.rstrip("/"):
        raise NotAllowed(_("Somebody else answered than was asked."), hint=_("Begin again."))
    if not given.get("code"):
        raise NotAllowed(_("You said no there, so nothing is added."))
    try:
        token = _redeemed(asked, given["code"], ask)
        who = _account(asked.server_url, token, ask)
        room = mastodon.limits(asked.server_url, ask=ask)
    except (OutboundFailure, Malformed) as failure:
        raise NotAllowed(_("That server did not say who you are there."), hint=_("Begin again.")) from failure
    url = who.text("url", most=2048)
    name = f"@{who.text('username', most=200)}@{_domain(asked.server_url, url)}"
    known = {"url": url if is_web_address(url) else "", "server_url": asked.server_url, "secret": token, **room}
    return keep(owner, kind=ElsewhereKind.MASTODON, name=name, **known)


def give_back(place: Elsewhere, *, ask: Ask) -> None:
    """Tell that server that the token of a removed account is not needed any more; whether it hears does not matter."""
    app = AppThere.objects.filter(server_url=place.server_url).first()
    if app is None or place.kind != ElsewhereKind.MASTODON:
        return
    sent = {"client_id": app.client_id, "client_secret": app.client_secret, "token": place.secret}
    try:
        _post(f"{place.server_url}/oauth/revoke", sent, ask)
    except OutboundFailure:
        return


def server_in(typed: str) -> str:
    """The address of a server in what somebody typed: its name, its address, or that of somebody on it.

    Raises:
        Invalid: there is none. Without https only where the operator admits addresses for development.
    """
    text = typed.strip()
    if "://" not in text:
        text = f"https://{text.rpartition('@')[2]}"
    host, scheme = host_of(text), urlsplit(text).scheme if host_of(text) else ""
    if not host or (scheme != "https" and not settings.SPEAK_ALLOW_NETWORKS) or host == host_of(settings.SPEAK_URL):
        raise Invalid(_("This is not the name of another server."), hint=_("Write it like this: mastodon.example"))
    return f"{scheme}://{host}"


def _home_of(typed: str, ask: Ask) -> str:
    """The server of an account whose address is on another domain, if WebFinger (RFC 7033) says one; else empty.

    `server_in` has looked at the name before anybody is asked.
    """
    name, at, domain = typed.strip().removeprefix("@").partition("@")
    server_url = server_in(typed)
    if not name or not at or not domain or "/" in typed or is_refused(host_of(server_url)):
        return ""
    query = urlencode({"resource": f"acct:{name}@{domain}"})
    call = Call("GET", f"{server_url}/.well-known/webfinger?{query}", Purpose.PAGE, {"Accept": "application/jrd+json"})
    try:
        said = _said(ask(call))
    except (OutboundFailure, Malformed):
        return ""
    homes = [link.text("href", most=2048) for link in said.items("links") if link.text("rel", most=20) == "self"]
    home = next((href for href in homes if host_of(href)), "")
    return server_in(f"{urlsplit(home).scheme}://{host_of(home)}") if home else ""


def _about(server_url: str, ask: Ask) -> Node | None:
    """What it says of how it asks people (RFC 8414); nothing where it does not say."""
    address = f"{server_url}/.well-known/oauth-authorization-server"
    answer = ask(Call("GET", address, Purpose.ACCOUNT, {"Accept": "application/json"}))
    if answer.status not in OK:
        return None
    try:
        return decode(answer.body)
    except Malformed:
        return None


def _verifier(about: Node | None) -> str:
    ways = [way.value for way in about.items("code_challenge_methods_supported")] if about else []
    return secrets.token_urlsafe(48) if "S256" in ways else ""


def _registered(server_url: str, ask: Ask) -> AppThere:
    known = AppThere.objects.filter(server_url=server_url, redirect_uri=redirect_uri()).first()
    if known is not None and (_is_used(server_url) or known.made_at > clock.now() - UNUSED_LIFE):
        return known
    body = msgspec.json.encode(
        {
            "client_name": settings.SPEAK_NAME,
            "redirect_uris": redirect_uri(),
            "scopes": SCOPES,
            "website": settings.SPEAK_URL,
        }
    )
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    said = _said(ask(Call("POST", f"{server_url}/api/v1/apps", Purpose.ACCOUNT, headers, body)))
    fresh = {
        "client_id": said.text("client_id", most=512),
        "client_secret": said.text("client_secret", most=512),
        "redirect_uri": redirect_uri(),
        "made_at": clock.now(),
    }
    if not fresh["client_id"]:
        raise Malformed("client_id", "is missing")
    app, _is_new = AppThere.objects.update_or_create(server_url=server_url, defaults=fresh)
    return app


def _is_used(server_url: str) -> bool:
    return Elsewhere.objects.filter(server_url=server_url, broken_at=None).exists()


def _redeemed(asked: Asked, code: str, ask: Ask) -> str:
    app = AppThere.objects.filter(server_url=asked.server_url).first()
    if app is None:
        raise Malformed("client_id", "is not known any more")
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_uri": app.redirect_uri,
        "scope": SCOPES,
    }
    if asked.verifier:
        sent["code_verifier"] = asked.verifier
    answer = _post(f"{asked.server_url}/oauth/token", sent, ask)
    if answer.status in REFUSED and not _is_used(asked.server_url):
        app.delete()  # it may be that server which forgot us; the next attempt begins from nothing
    token = _said(answer).text("access_token", most=4096)
    if not token or not token.isprintable() or not token.isascii():
        raise Malformed("access_token", "is missing")
    return token


def _account(server_url: str, token: str, ask: Ask) -> Node:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    call = Call("GET", f"{server_url}/api/v1/accounts/verify_credentials", Purpose.ACCOUNT, headers)
    who = _said(ask(call))
    if not who.text("username", most=200).replace("_", "").replace(".", "").replace("-", "").isalnum():
        raise Malformed("username", "is missing")
    return who


def _domain(server_url: str, url: str) -> str:
    """What stands after the name: the host of their page there, if that is the server or above it."""
    host, shown = host_of(server_url), host_of(url)
    return shown if shown and (host == shown or host.endswith(f".{shown}")) else host


def _post(url: str, sent: Mapping[str, str], ask: Ask) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return ask(Call("POST", url, Purpose.ACCOUNT, headers, urlencode(sent).encode()))


def _said(answer: Answer) -> Node:
    if answer.status not in OK:
        raise Malformed("", f"was answered with {answer.status}")
    return decode(answer.body)
