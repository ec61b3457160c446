"""Polls, as an app sees them."""

from speak.clients.mastodon.entities.statuses import Poll, PollOption
from speak.voice.queries import PollSeen


def shown_poll(post_id: int, seen: PollSeen) -> Poll:
    """The poll below a post; numbers that the onlooker does not see yet are nothing, and 0 where apps want a number.

    Whoever asked has voted, as Mastodon has it: apps then show them the numbers, and no choice that they have not.
    """
    return Poll(
        id=str(post_id),
        expires_at=seen.ends_at,
        expired=seen.is_over,
        multiple=seen.is_multiple,
        votes_count=sum(option.chosen or 0 for option in seen.options),
        voters_count=seen.people or 0,
        options=[PollOption(title=option.title, votes_count=option.chosen) for option in seen.options],
        voted=seen.has_chosen or seen.is_mine,
        own_votes=list(seen.own),
    )
