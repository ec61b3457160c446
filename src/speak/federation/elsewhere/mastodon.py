"""An account on a server that speaks Mastodon's API: saying there, changing, taking back.

https://docs.joinmastodon.org/methods/statuses/ and /methods/media/. Others speak it too: GoToSocial, Pleroma, Akkoma.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from speak.federation.documents import Malformed, Node, decode
from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.elsewhere.fitting import Room, calling_nobody, fit
from speak.federation.elsewhere.line import Line
from speak.federation.elsewhere.there import NotTaken
from speak.federation.elsewhere.words import plain_words
from speak.federation.models import Elsewhere
from speak.kernel.errors import Failure
from speak.kernel.outbound import Answer, Ask, Call, Purpose
from speak.voice.models import Media, Post, PostKind
from speak.voice.reach import Reach

# Where a server says nothing of it: what Mastodon has had from its beginning.
LONGEST, ADDRESS_LENGTH, MOST_PICTURES = 500, 23, 4
FOR_ANYONE = frozenset({"public", "unlisted"})
ACCEPTED, PARTIAL = 202, 206
MOST_TURNS, SECONDS_TO_REST = 10, 1.0
MISSING = frozenset({404, 410})
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class There:
    """A post as it stands there: its id, its ActivityPub id, its page, and the ids of our pictures."""

    id: str
    uri: str
    url: str
    pictures: Mapping[str, str] = field(default_factory=dict)


def say(place: Elsewhere, post: Post, *, key: str, answers: str, ask: Ask) -> There:
    """Say it there; `answers` is the id there of what it answers, if that was said there too.

    Raises:
        OutboundFailure, NotTaken, Malformed: it did not work.
    """
    line = Line(place, ask)
    pictures = _uploaded(line, post, {})
    asked = {**_status(place, post, pictures.values()), "visibility": _visibility(post)}
    if answers:
        asked["in_reply_to_id"] = answers
    answer = line.call("POST", "/api/v1/statuses", asked, headers={"Idempotency-Key": key})
    return _there(place, answer, pictures)


def change(place: Elsewhere, post: Post, *, far_id: str, known: Mapping[str, str], ask: Ask) -> There:
    """Say it there as it is worded now; `known` are the pictures that are there already. Raises as `say`."""
    line = Line(place, ask)
    pictures = _uploaded(line, post, known)
    asked = _status(place, post, pictures.values())
    shown = _shown(post, place)
    asked["media_attributes"] = [{"id": pictures[str(media.pk)], "description": media.description} for media in shown]
    return _there(place, line.call("PUT", f"/api/v1/statuses/{far_id}", asked), pictures)


def take_back(place: Elsewhere, *, far_id: str, ask: Ask) -> None:
    """Take it back there; once it is gone, that is well too. Raises as `say`."""
    try:
        Line(place, ask).call("DELETE", f"/api/v1/statuses/{far_id}")
    except NotTaken as refusal:
        if refusal.status not in MISSING:
            raise


def answers_to(place: Elsewhere, *, far_id: str, ask: Ask) -> list[str]:
    """The ActivityPub ids of what was publicly answered there, as that server knows them, in its order.

    Raises:
        OutboundFailure, NotTaken, Malformed: it does not say.
    """
    context = decode(Line(place, ask).call("GET", f"/api/v1/statuses/{far_id}/context").body)
    found = context.items("descendants")
    return [said.text("uri", most=1024) for said in found if said.text("visibility", most=20) in FOR_ANYONE]


def limits(server_url: str, *, ask: Ask) -> dict[str, int]:
    """How much room that server gives, with what is usual where it does not say."""
    answer = Answer(404)
    for version in ("v2", "v1"):
        call = Call("GET", f"{server_url}/api/{version}/instance", Purpose.ACCOUNT, {"Accept": "application/json"})
        answer = ask(call)
        if answer.status < 300:  # noqa: PLR2004 - the class of success
            break
    try:
        said = decode(answer.body).first("configuration")
    except Malformed:
        said = None
    statuses = said.first("statuses") if said else None
    given = {
        "longest": statuses.number("max_characters") if statuses else 0,
        "address_length": statuses.number("characters_reserved_per_url") if statuses else 0,
        "most_pictures": statuses.number("max_media_attachments") if statuses else 0,
    }
    usual = {"longest": LONGEST, "address_length": ADDRESS_LENGTH, "most_pictures": MOST_PICTURES}
    return {name: given[name] or usual[name] for name in usual}


def words_for(place: Elsewhere, post: Post) -> str:
    """What it says there: all of it, or its beginning with the way to the rest."""
    longest = (place.longest or LONGEST) - len(_warning(place, post))
    room = Room(longest, place.address_length)
    answers_another = post.in_reply_to_id is not None and post.answered_id != post.author_id
    is_cut = len(post.media.all()) > len(_shown(post, place))
    always = post.kind in {PostKind.ARTICLE, PostKind.QUESTION} or answers_another or is_cut
    return fit(calling_nobody(plain_words(post)), link=post.url, room=room, always_links=always)


def _status(place: Elsewhere, post: Post, pictures: Iterable[str]) -> Json:
    return {
        "status": words_for(place, post),
        "spoiler_text": _warning(place, post),
        "sensitive": post.is_sensitive,
        "language": post.language.partition("-")[0].lower() or None,
        "media_ids": list(pictures),
    }


def _warning(place: Elsewhere, post: Post) -> str:
    """It shares the room of the words: half of it at most."""
    return calling_nobody(post.summary)[: (place.longest or LONGEST) // 2]


def _visibility(post: Post) -> str:
    return "public" if post.reach == Reach.PUBLIC else "unlisted"


def _shown(post: Post, place: Elsewhere) -> list[Media]:
    """The pictures there is room for; those of somebody whose pictures are not shown here are not shown there."""
    most = place.most_pictures or MOST_PICTURES
    return [] if post.author.hides_media else [media for media in post.media.all() if media.token][:most]


def _uploaded(line: Line, post: Post, known: Mapping[str, str]) -> dict[str, str]:
    """The ids there of the pictures of a post, each with its description, in their order; new ones are brought."""
    found: dict[str, str] = {}
    for media in _shown(post, line.place):
        key = str(media.pk)
        found[key] = known.get(key) or bring(line, media)
    return found


def bring(line: Line, media: Media) -> str:
    """The id there of a picture that is ready to be shown; large ones are worked on for a while (202, then 206)."""
    answer = line.upload(media)
    number = _id_in(decode(answer.body))
    for _turn in range(MOST_TURNS):
        if answer.status not in {ACCEPTED, PARTIAL}:
            return number
        line.rest(SECONDS_TO_REST)
        answer = line.call("GET", f"/api/v1/media/{number}")
    raise Failure("a picture is not ready there yet")


def _there(place: Elsewhere, answer: Answer, pictures: Mapping[str, str]) -> There:
    said = decode(answer.body)
    uri, url = said.text("uri", most=1024), said.text("url", most=2048)
    own = {host_of(place.server_url), host_of(place.url)}
    return There(
        _id_in(said),
        uri if is_web_address(uri) and host_of(uri) in own else "",
        url if is_web_address(url) else "",
        pictures,
    )


def _id_in(said: Node) -> str:
    """An id there: letters and digits, so that it can stand in an address.

    Raises:
        Failure: there is none.
    """
    found = said.text("id", most=255)
    if not found or not found.replace("-", "").replace("_", "").isalnum():
        raise Failure("it does not say what it is called there", permanent=True)
    return found
