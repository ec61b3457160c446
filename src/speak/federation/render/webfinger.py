"""How addresses lead to actors (RFC 7033), and what this server is (NodeInfo, XRD)."""

from importlib.metadata import version

from django.conf import settings

from speak.identity.models import Actor

ACTIVITY_TYPE = "application/activity+json"
SOFTWARE = "speak-for-yourself"


def webfinger(actor: Actor) -> dict[str, object]:
    """Subject, aliases and links of somebody here."""
    here = settings.SPEAK_URL
    return {
        "subject": f"acct:{actor.account}",
        "aliases": list(dict.fromkeys([actor.home_url, actor.url, actor.uri])),
        "links": [
            {"rel": "self", "type": ACTIVITY_TYPE, "href": actor.uri},
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": actor.home_url},
            {"rel": "http://ostatus.org/schema/1.0/subscribe", "template": f"{here}/search?q={{uri}}"},
        ],
    }


def host_meta() -> str:
    """Where WebFinger is (RFC 6415)."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n'
        f'  <Link rel="lrdd" type="application/jrd+json" template="{_template()}"/>\n'
        "</XRD>\n"
    )


def host_meta_json() -> dict[str, object]:
    """The same as JRD."""
    return {"links": [{"rel": "lrdd", "type": "application/jrd+json", "template": _template()}]}


def nodeinfo_links(server_actor_uri: str) -> dict[str, object]:
    """Where NodeInfo is, and which actor is the server's own (FEP-2677)."""
    schemas = [
        {
            "rel": f"http://nodeinfo.diaspora.software/ns/schema/{schema}",
            "href": f"{settings.SPEAK_URL}/nodeinfo/{schema}",
        }
        for schema in ("2.1", "2.0")
    ]
    own = {"rel": "https://www.w3.org/ns/activitystreams#Application", "href": server_actor_uri}
    return {"links": [*schemas, own]}


def nodeinfo(schema: str) -> dict[str, object]:
    """What this server is, in schema 2.0 or 2.1. It counts nobody and nothing (promise 6)."""
    software = {"name": SOFTWARE, "version": version("speak-for-yourself")}
    return {
        "version": schema,
        "software": software,
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["atom1.0"]},
        "openRegistrations": settings.SPEAK_OPEN,
        "usage": {"users": {}},
        "metadata": {"nodeName": settings.SPEAK_NAME, "nodeDescription": settings.SPEAK_SENTENCE},
    }


def _template() -> str:
    return f"{settings.SPEAK_URL}/.well-known/webfinger?resource={{uri}}"
