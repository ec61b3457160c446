"""What has happened to posts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostPublished:
    """Somebody here said something; `also_at` are the places elsewhere where they chose to be heard too."""

    post_id: int
    also_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PostReceived:
    """Something said on another server arrived; perhaps it answers something known here."""

    post_id: int
    answered_post_id: int | None


@dataclass(frozen=True, slots=True)
class PostsBrought:
    """Somebody brought words here that they had said elsewhere, earlier. That is no news: nobody is told."""

    owner_id: int
    post_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BroughtPostsForgotten:
    """What was brought, and nobody had answered, is gone again as if it had never come."""

    owner_id: int
    post_ids: tuple[int, ...]


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

    `reached` holds the ids of the actors it was for or who had answered it, `asked` the id of whoever was asked
    whether it may quote them.
    """

    post_id: int
    reached: tuple[int, ...]
    asked: int | None = None


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
class PostPinned:
    """Somebody keeps a post of theirs at the top of their profile."""

    actor_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class PostUnpinned:
    """It does not stand there any more."""

    actor_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class QuoteAsked:
    """Somebody wants to show words of somebody else inside their own, and waits for their consent."""

    quote_id: int


@dataclass(frozen=True, slots=True)
class QuoteLearned:
    """A post from elsewhere says that it shows words of others; whether it may is not known yet."""

    quote_id: int


@dataclass(frozen=True, slots=True)
class QuoteAgreed:
    """Whoever is quoted agrees, at once by their preference or by their own hand."""

    quote_id: int


@dataclass(frozen=True, slots=True)
class QuoteRefused:
    """Whoever would be quoted does not want it."""

    quote_id: int


@dataclass(frozen=True, slots=True)
class QuoteTakenBack:
    """Whoever is quoted agreed once, and does not any more; `stamp_uri` said that they did."""

    quote_id: int
    stamp_uri: str


@dataclass(frozen=True, slots=True)
class OptionsChosen:
    """Somebody here chose among the answers below a post."""

    chooser_id: int
    option_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PollMoved:
    """More was chosen below a post of somebody here than other servers know."""

    post_id: int


@dataclass(frozen=True, slots=True)
class PollEnded:
    """Nobody can choose any more below a post."""

    post_id: int


@dataclass(frozen=True, slots=True)
class FiltersChanged:
    """Somebody filters otherwise than before, for themselves."""

    owner_id: int


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
