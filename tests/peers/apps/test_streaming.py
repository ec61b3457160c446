"""Mastodon.py is told what happens when it happens, over both kinds of lines."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from mastodon import StreamListener

from tests.peers.apps.called import Cast, calls
from tests.running import until

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300), pytest.mark.usefixtures("streaming")]


class Heard(StreamListener):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []

    def on_any_event(self, name: str, data: Any = None, for_stream: str | None = None) -> None:  # noqa: ANN401, ARG002 - theirs
        """Keep it."""
        self.told.append((name, data))

    def waits_for(self, kind: str, number: object) -> Any:  # noqa: ANN401 - what was told
        """What of this kind has this number, as soon as it is told."""
        found = until(
            lambda: [data for name, data in self.told if name == kind and str(_number_of(data)) == str(number)],
            says=f"never told {kind} of {number}",
        )
        return found[0]


@contextmanager
def listening(stream: Callable[..., Any], *what: object, **how: object) -> Iterator[Heard]:
    """One of the streams, listened to meanwhile."""
    heard = Heard()
    with closing(stream(*what, listener=heard, run_async=True, **how)) as line:
        until(line.is_receiving, says="never began")
        yield heard


@calls("stream_user", "stream_user_notifications", "stream_public", "stream_local", "stream_hashtag", "stream_healthy")
def test_what_is_said_changed_and_taken_back_is_told_at_once(cast: Cast) -> None:
    assert cast.alice.stream_healthy() is True
    cast.erin.account_follow(cast.alice.me())
    with (
        listening(cast.erin.stream_user) as home,
        listening(cast.alice.stream_user_notifications) as mine,
        listening(cast.carol.stream_public) as public,
        listening(cast.carol.stream_local) as local,
        listening(cast.carol.stream_hashtag, "weir") as tagged,
    ):
        said = cast.alice.status_post("The #weir is open.", visibility="public")
        for heard in (home, public, local, tagged):
            assert heard.waits_for("update", said.id).account.acct == "alice"
        quiet = cast.alice.status_post("For followers.", visibility="private")
        home.waits_for("update", quiet.id)
        cast.alice.status_update(said, "The #weir is shut.")
        assert "shut" in home.waits_for("status.update", said.id).content
        answer = cast.bob.status_reply(said, "Since when?", visibility="public")
        told = until(lambda: [data for name, data in mine.told if name == "notification"], says="never told")
        assert (told[0].type, told[0].status.id) == ("mention", answer.id)
        cast.alice.status_delete(said)
        home.waits_for("delete", said.id)
        assert not [data for name, data in public.told if name == "update" and data.id == quiet.id]
    cast.erin.account_unfollow(cast.alice.me())


@calls("stream_direct", "stream_list")
def test_words_for_named_people_and_of_those_in_a_list_are_told_at_once(cast: Cast) -> None:
    with listening(cast.erin.stream_direct) as named:
        said = cast.bob.status_post("@erin Between us.", visibility="direct")
        told = until(lambda: [data for name, data in named.told if name == "conversation"], says="never told")
        assert told[0].last_status.id == said.id
    friends = cast.erin.list_create("Friends")
    with listening(cast.erin.stream_list, friends):
        pass
    cast.erin.list_delete(friends)


@calls("stream_open_websocket", "stream_list")
def test_one_line_carries_several_streams(cast: Cast) -> None:
    frank, carol = cast.frank, cast.carol.me()
    frank.account_follow(carol)
    friends = frank.list_create("Friends")
    frank.list_accounts_add(friends, [carol])
    line: Any = frank.stream_open_websocket()  # type: ignore[no-untyped-call]
    with closing(line):
        heard = Heard()
        frank.stream_list(friends, heard, websocket_handle=line)
        until(line.is_receiving, says="never began")
        said = cast.carol.status_post("For friends, at once.", visibility="public")
        assert heard.waits_for("update", said.id).account.acct == "carol"
    frank.list_delete(friends)
    frank.account_unfollow(carol)


def _number_of(data: Any) -> object:  # noqa: ANN401 - what was told
    return data["id"] if isinstance(data, dict) else data
