"""A guest shows that a page is theirs (IndieAuth 5), and answers in its name."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode, urlsplit

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from speak.clients.guests.discovery import canonical, way_from
from speak.federation.webmention.guests import Guest
from speak.kernel.errors import Invalid, NotAllowed, TooMuch
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose, places_to_wait

OK = 200
# So many guests at most are asked about at once: each holds one who answers requests.
_asking = places_to_wait()


class Said(msgspec.Struct):
    """Who it is (5.3.2)."""

    me: str
    profile: dict[str, object] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is remembered while a guest is away: never told to anybody."""

    me: str
    authorization_endpoint: str
    issuer: str
    state: str
    verifier: str
    post_id: int

    def kept(self) -> dict[str, object]:
        """For the session."""
        return asdict(self)


def client_id() -> str:
    """What this server is called, as a client."""
    return f"{settings.SPEAK_URL}/guest/client"


def redirect_uri() -> str:
    """Where guests come back to."""
    return f"{settings.SPEAK_URL}/guest/back"


def described() -> dict[str, object]:
    """This server as a client (4.2.1)."""
    return {
        "client_id": client_id(),
        "client_name": settings.SPEAK_NAME,
        "client_uri": f"{settings.SPEAK_URL}/",
        "redirect_uris": [redirect_uri()],
    }


def begin(typed: str, *, post_id: int, ask: Ask) -> tuple[Asked, str]:
    """Find out where somebody is asked; what to remember, and where to lead them (5.2).

    Raises:
        Invalid: that page is nobody's, or cannot be asked about.
        TooMuch: others are being asked about just now.
    """
    me = canonical(typed)
    if not _asking.acquire(timeout=1):
        raise TooMuch(_("Too many guests come at once."), hint=_("Try again in a moment."))
    try:
        way = way_from(me, ask=ask)
    finally:
        _asking.release()
    asked = Asked(
        me, way.authorization_endpoint, way.issuer, secrets.token_urlsafe(24), secrets.token_urlsafe(48), post_id
    )
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": client_id(),
        "redirect_uri": redirect_uri(),
        "state": asked.state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "scope": "profile",
        "me": me,
    }
    joint = "&" if urlsplit(way.authorization_endpoint).query else "?"
    return asked, f"{way.authorization_endpoint}{joint}{urlencode(query)}"


def finish(asked: Asked, given: Mapping[str, str], *, ask: Ask) -> Guest:
    """Whose page it is, once they came back (5.2.1, 5.3.2, 5.4).

    Raises:
        NotAllowed: they said no, or whoever answers is not who was asked.
    """
    if not hmac.compare_digest(given.get("state", "").encode(), asked.state.encode()):
        raise NotAllowed(_("That is not the answer to what was asked here."), hint=_("Begin again."))
    if asked.issuer and given.get("iss", "") != asked.issuer:
        raise NotAllowed(_("Somebody else answered than was asked."), hint=_("Begin again."))
    if not given.get("code"):
        raise NotAllowed(_("You said no, or your page did."))
    said = _redeemed(asked, given["code"], ask)
    me = _confirmed(asked, said.me, ask)
    name = said.profile.get("name")
    return Guest(me, " ".join(name.split()) if isinstance(name, str) else "")


def _redeemed(asked: Asked, code: str, ask: Ask) -> Said:
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": client_id(),
        "redirect_uri": redirect_uri(),
        "code_verifier": asked.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    body = urlencode(sent).encode()
    try:
        answer = ask(Call("POST", asked.authorization_endpoint, Purpose.DOCUMENT, headers, body))
        if answer.status == OK:
            return msgspec.json.decode(answer.body, type=Said)
    except (OutboundFailure, msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise NotAllowed(_("Your page does not say who you are.")) from error
    raise NotAllowed(_("Your page does not say who you are."))


def _confirmed(asked: Asked, me: str, ask: Ask) -> str:
    """The page that was found in the end; another one than was typed has to name the same place to ask (5.4)."""
    try:
        found = canonical(me)
        if found != asked.me and way_from(found, ask=ask).authorization_endpoint != asked.authorization_endpoint:
            raise NotAllowed(_("Another page was named that does not know of it."))
    except Invalid as refusal:
        raise NotAllowed(_("Another page was named that does not know of it.")) from refusal
    return found
