"""What authors let others do with their words: answered, passed on, quoted. Asked for many posts at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from speak.identity.models import Actor, Follow, FollowState, Quoting
from speak.voice import rules
from speak.voice.models import Mention, Post
from speak.voice.rules import ANSWER, ANYONE, BOOST, QUOTE, Leave


@dataclass(frozen=True, slots=True)
class Leaves:
    """What a viewer may do with a post as far as its author goes: at once, after asking, or not at all."""

    answer: Leave = Leave.NOW
    boost: Leave = Leave.NOW
    quote: Leave = Leave.NO


def leaves_for(viewer: Actor | None, posts: Sequence[Post]) -> dict[int, Leaves]:
    """What the viewer may do with each of these posts, which they can read; three queries at most."""
    if viewer is None:
        return {post.pk: Leaves(Leave.NO, Leave.NO, Leave.NO) for post in posts}
    authors = {post.author_id for post in posts if _depends_on_who_asks(post) and post.author_id != viewer.pk}
    accepted = Follow.objects.filter(state=FollowState.ACCEPTED)
    followed, following, named = set[int](), set[int](), set[int]()
    if authors:
        followed |= set(accepted.filter(follower=viewer, target__in=authors).values_list("target", flat=True))
        following |= set(accepted.filter(target=viewer, follower__in=authors).values_list("follower", flat=True))
    if guarded := [post.pk for post in posts if post.policy.get(ANSWER)]:
        named |= set(Mention.objects.filter(post__in=guarded, actor=viewer).values_list("post", flat=True))
    return {
        post.pk: _leaves(
            viewer,
            post,
            names=_names(viewer, post, follows=post.author_id in followed, is_followed=post.author_id in following),
            is_named=post.pk in named,
        )
        for post in posts
    }


def _depends_on_who_asks(post: Post) -> bool:
    """Whether it has to be looked up who follows whom; for most posts it need not, and nothing is asked."""
    return bool(post.policy) or post.quotable == Quoting.FOLLOWERS


def leave_to(viewer: Actor, post: Post) -> Leaves:
    """The same for one post."""
    return leaves_for(viewer, [post])[post.pk]


def _names(viewer: Actor, post: Post, *, follows: bool, is_followed: bool) -> frozenset[str]:
    """All that may stand for this viewer in the policy of this post."""
    names = {ANYONE, viewer.uri}
    if follows:
        names.add(post.author.followers_url)
    if is_followed:
        names.add(post.author.following_url)
    return frozenset(name for name in names if name)


def _leaves(viewer: Actor, post: Post, *, names: frozenset[str], is_named: bool) -> Leaves:
    if post.author_id == viewer.pk:
        return Leaves(quote=rules.may_be_quoted(post.reach, Leave.NOW))
    if post.author.is_local:
        said = rules.leave_to_quote(post.quotable, is_follower=post.author.followers_url in names)
        return Leaves(quote=rules.may_be_quoted(post.reach, said))
    if post.author.is_site:
        return Leaves()  # nobody is there to be asked
    return Leaves(
        answer=Leave.NOW if is_named else _said(post, ANSWER, names, unsaid=Leave.NOW),
        boost=_said(post, BOOST, names, unsaid=Leave.NOW),
        quote=rules.may_be_quoted(post.reach, _said(post, QUOTE, names, unsaid=Leave.ASK)),
    )


def _said(post: Post, act: str, names: frozenset[str], *, unsaid: Leave) -> Leave:
    """What the author elsewhere said of one act; where they said nothing, what we take that to mean."""
    policy = post.policy.get(act)
    if not policy:
        return unsaid
    if names & set(policy.get("now", ())):
        return Leave.NOW
    return Leave.ASK if names & set(policy.get("ask", ())) else Leave.NO
