"""What an ActivityPub actor says of itself, as one of somebody's places. Pure."""

import re

from speak.federation.documents import ActorDocument
from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.looking_up.facts import Facts
from speak.federation.looking_up.places import MAX_ABOUT, MAX_HANDLE, MAX_NAME, MOST_POINTERS, Source, words
from speak.voice.sanitize import plain_text

HREF = re.compile(r"""<a\s[^>]{0,2000}?href\s*=\s*["']([^"'<>]{1,2048})["']""", re.IGNORECASE)
# What a server shows where nobody has chosen a picture.
NO_FACE = "/avatars/original/missing.png"


def read_actor(document: ActorDocument) -> Facts:
    """What its server says of it. Fields with an address are what it points to: servers give them rel=me."""
    fields = [address for _, value in document.links for address in (*HREF.findall(value), plain_text(value).strip())]
    picture = document.picture_url
    return Facts(
        sources=(Source.ACTIVITYPUB,),
        name=words(document.name, most=MAX_NAME),
        heading=words(document.handle, most=MAX_NAME),
        about=words(plain_text(document.about_html), most=MAX_ABOUT),
        picture_url=picture if is_web_address(picture) and not picture.endswith(NO_FACE) else "",
        handle=f"{document.handle}@{host_of(document.uri)}"[:MAX_HANDLE],
        moved_to=document.moved_to_uri,
        also=tuple(dict.fromkeys((document.uri, document.url))),
        points_to=tuple(dict.fromkeys(address for address in fields if is_web_address(address)))[:MOST_POINTERS],
        outbox_url=document.outbox_url,
    )
