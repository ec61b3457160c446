"""Answers to choose from, and choosing (docs.joinmastodon.org/methods/polls)."""

import datetime as dt

import msgspec
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.mastodon.entities.statuses import Poll
from speak.clients.mastodon.shown.polls import shown_poll
from speak.identity.models import Actor
from speak.kernel.errors import NotFound
from speak.voice import actions
from speak.voice.actions import PollWords
from speak.voice.actions.polls import LONGEST, MAX_OPTION, MOST_OPTIONS, SHORTEST
from speak.voice.queries import polls_for, post_for

# As the instance document says it.
LIMITS = {
    "max_options": MOST_OPTIONS,
    "max_characters_per_option": MAX_OPTION,
    "min_expiration": int(SHORTEST.total_seconds()),
    "max_expiration": int(LONGEST.total_seconds()),
}


class GivenPoll(msgspec.Struct, kw_only=True):
    """A poll to be asked. Who has not chosen sees no numbers here anyway: `hide_totals` changes nothing."""

    options: list[str]
    expires_in: int = 86_400
    multiple: bool = False
    hide_totals: bool = False

    @property
    def words(self) -> PollWords:
        """As it is said."""
        # Beyond any poll, so that the refusal is the one about its length.
        seconds = max(0, min(self.expires_in, 10**9))
        return PollWords(tuple(self.options), dt.timedelta(seconds=seconds), is_multiple=self.multiple)


class Chosen(msgspec.Struct, kw_only=True):
    """The places of the answers, from 0."""

    choices: list[int] = []


@endpoint("GET", "/api/v1/polls/<int:poll_id>", "read:statuses", who=Who.ANYONE)
def poll(call: Call, poll_id: int) -> Poll:
    """What one can choose, and what was chosen."""
    return _poll(call.viewer, poll_id)


@endpoint("POST", "/api/v1/polls/<int:poll_id>/votes", "write:statuses")
def vote(call: Call, given: Chosen, poll_id: int) -> Poll:
    """Choose."""
    actions.choose(call.me, post=post_for(call.me, poll_id), positions=given.choices)
    return _poll(call.me, poll_id)


def _poll(viewer: Actor | None, poll_id: int) -> Poll:
    seen = polls_for(viewer, [post_for(viewer, poll_id)]).get(poll_id)
    if seen is None:
        raise NotFound(_("There is nothing to choose from here."))
    return shown_poll(poll_id, seen)
