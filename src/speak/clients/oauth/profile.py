"""Who somebody is, as far as a token may tell (IndieAuth 5.3.4)."""

from speak.clients.tokens import Bearer
from speak.identity.faces import face_url
from speak.identity.models import Actor


def profile_of(bearer: Bearer) -> dict[str, object]:
    """`me`, the page or the own domain of whoever agreed; with the scope `profile` also their name and face."""
    if bearer.actor is None:
        return {}
    who: dict[str, object] = {"me": bearer.actor.home_url}
    if bearer.reaches("profile"):
        who["profile"] = described(bearer.actor, bearer)
    return who


def described(actor: Actor, bearer: Bearer) -> dict[str, str]:
    """Name, address and face, and with the scope `email` that too; what is not there is left out."""
    said = {"name": actor.called, "url": actor.home_url, "photo": face_url(actor)}
    if bearer.reaches("email") and actor.user is not None:
        said["email"] = actor.user.email
    return {name: value for name, value in said.items() if value}
