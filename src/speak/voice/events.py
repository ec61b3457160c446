"""What has happened to posts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostPublished:
    """Somebody here said something."""

    post_id: int


@dataclass(frozen=True, slots=True)
class PostReceived:
    """Something said on another server arrived."""

    post_id: int


@dataclass(frozen=True, slots=True)
class PostEdited:
    """The words of a post changed, here or elsewhere.

    `no_longer_named` holds the ids of the actors whom only the earlier wording called by name.
    """

    post_id: int
    no_longer_named: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PostWithdrawn:
    """A post was taken back by its author; its words are gone, its row remembers that it was.

    `reached` holds the ids of the actors it was for or who had answered it.
    """

    post_id: int
    reached: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PostBoosted:
    """Somebody passed a post on."""

    boost_id: int


@dataclass(frozen=True, slots=True)
class BoostWithdrawn:
    """Somebody no longer passes a post on. The row is gone."""

    actor_id: int
    post_id: int
    boost_id: int
    boost_uri: str


@dataclass(frozen=True, slots=True)
class PostLiked:
    """Somebody thanked the author of a post."""

    like_id: int


@dataclass(frozen=True, slots=True)
class LikeWithdrawn:
    """Somebody took a like back. The row is gone."""

    actor_id: int
    post_id: int
    like_id: int
    like_uri: str
