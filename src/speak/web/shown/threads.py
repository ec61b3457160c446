"""A conversation as a page shows it: what led to a post, the post, and answers below answers."""

from dataclasses import dataclass, field

from speak.identity.models import Actor
from speak.voice.queries import Thread
from speak.web.shown.posts import ShownPost, shown_posts

# Deeper answers stand below each other without moving further in.
DEEPEST = 4


@dataclass(slots=True)
class ShownAnswer:
    """An answer, and the answers to it."""

    post: ShownPost
    below: list["ShownAnswer"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A post amid its conversation."""

    before: list[ShownPost]
    post: ShownPost
    answers: list[ShownAnswer]


def shown_thread(viewer: Actor | None, thread: Thread) -> ShownThread:
    """The whole conversation in as many queries as one post takes."""
    posts = [*thread.before, thread.post, *(post for _, post in thread.after)]
    shown = {post.id: post for post in shown_posts(viewer, posts)}
    answers: list[ShownAnswer] = []
    path: list[ShownAnswer] = []
    for depth, post in thread.after:
        answer = ShownAnswer(shown[post.pk])
        level = min(depth, DEEPEST) - 1
        siblings = path[level - 1].below if level else answers
        siblings.append(answer)
        path[level:] = [answer]
    return ShownThread([shown[post.pk] for post in thread.before], shown[thread.post.pk], answers)
