"""Whose key it is that a signature names."""

from speak.federation.discovery.actors import keep_fetched, refresh_actor
from speak.federation.discovery.fetching import NobodyThere, fetch
from speak.federation.documents import is_actor
from speak.federation.documents.nodes import host_of
from speak.identity.models import Key
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask


def find_key(key_uri: str, *, ask: Ask = real_ask) -> Key:
    """Fetch a key by fetching its owner, who has to list it: either side alone proves nothing.

    The address of a key may lead to its owner (`#main-key`), to a part of its owner (GoToSocial's
    /main-key), or to a document of its own.

    Raises:
        NobodyThere, Gone: no such key, or its owner does not list it.
        Malformed: what is there cannot be trusted.
        OutboundFailure: no answer.
    """
    fetched = fetch(key_uri, ask=ask)
    if is_actor(fetched.node):
        owner = keep_fetched(fetched, ask=ask)
    else:
        owner_uri = fetched.node.uri_or_none("owner") or fetched.node.uri_or_none("controller")
        if host_of(owner_uri) != host_of(key_uri):
            raise NobodyThere("That key belongs to nobody on its server.")
        owner = refresh_actor(owner_uri, ask=ask)
    key = Key.objects.select_related("actor").filter(actor=owner, key_uri=key_uri).first()
    if key is None:
        raise NobodyThere("Its owner does not list that key.")
    return key
