"""Apps register themselves (docs.joinmastodon.org/methods/apps)."""

from typing import Annotated

import msgspec
from django.db import transaction
from oauth2_provider.generators import generate_client_secret

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.models import App
from speak.clients.push import public_key
from speak.clients.scopes import unknown_in
from speak.kernel.errors import Invalid

MOST_ADDRESSES = 20


class Registering(msgspec.Struct, kw_only=True):
    """What an app says of itself."""

    client_name: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    redirect_uris: list[Annotated[str, msgspec.Meta(max_length=4000)]]
    scopes: Annotated[str, msgspec.Meta(max_length=2000)] = "read"
    website: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Application(msgspec.Struct, kw_only=True):
    """An app, as it is told to itself."""

    id: str
    name: str
    website: str | None
    scopes: list[str]
    redirect_uri: str
    redirect_uris: list[str]
    vapid_key: str


class CredentialApplication(Application, kw_only=True):
    """The same with its secret, which is told once."""

    client_id: str
    client_secret: str
    client_secret_expires_at: int = 0


@endpoint("POST", "/api/v1/apps", who=Who.ANYONE)
def register(_call: Call, given: Registering) -> CredentialApplication:
    """Make an app known. Anyone may; it can do nothing until a person agrees."""
    addresses = [address for several in given.redirect_uris for address in several.split()]
    if not addresses or len(addresses) > MOST_ADDRESSES or not all(map(App.may_lead_to, addresses)):
        raise Invalid("Validation failed: Redirect URI must be an absolute URI.")
    scopes = given.scopes.split() or ["read"]
    if unknown := unknown_in(scopes):
        raise Invalid(f"Validation failed: Scopes doesn't match configured on the server: {' '.join(unknown)}.")
    secret = generate_client_secret()
    with transaction.atomic():
        app = App.objects.create(
            name=given.client_name,
            website=given.website if given.website.startswith(("https://", "http://")) else "",
            scopes=" ".join(dict.fromkeys(scopes)),
            redirect_uris=" ".join(addresses),
            client_type=App.CLIENT_CONFIDENTIAL,
            authorization_grant_type=App.GRANT_AUTHORIZATION_CODE,
            client_secret=secret,
        )
    shown = msgspec.structs.asdict(shown_app(app))
    return CredentialApplication(client_id=app.client_id, client_secret=secret, **shown)


@endpoint("GET", "/api/v1/apps/verify_credentials", who=Who.APP)
def verify_credentials(call: Call) -> Application:
    """The app whose token this is."""
    app = call.bearer.app if call.bearer else None
    return shown_app(app or App(name="Made by hand", scopes="", redirect_uris=App.OUT_OF_BAND))


def shown_app(app: App) -> Application:
    """An app as Mastodon's API tells it."""
    addresses = app.redirect_uris.split()
    return Application(
        id=str(app.pk or 0),
        name=app.name,
        website=app.website or None,
        scopes=app.scopes.split(),
        redirect_uri="\n".join(addresses),
        redirect_uris=addresses,
        vapid_key=public_key(),
    )
