"""Who may read what, kept in memory: written from the promises, without a look at rules or queries."""

from dataclasses import dataclass, field

PUBLIC, QUIET, FOLLOWERS, HERE, NAMED, SELF = "PUBLIC", "QUIET", "FOLLOWERS", "HERE", "NAMED", "SELF"
STRANGER = ""


@dataclass
class Said:
    """A post as the model knows it. `at` counts what has happened so far."""

    id: int
    author: str
    reach: str
    owner: str
    at: int
    readers: frozenset[str]
    markers: list[str]
    picture: str = ""
    is_withdrawn: bool = False


@dataclass
class Hearing:
    """The people, how they stand to each other, and what was said."""

    here: frozenset[str]
    now: int = 0
    follows: dict[tuple[str, str], int | None] = field(default_factory=dict)
    blocks: set[tuple[str, str]] = field(default_factory=set)
    posts: list[Said] = field(default_factory=list)

    def passes(self) -> int:
        """Something happens."""
        self.now += 1
        return self.now

    def is_apart(self, one: str, other: str) -> bool:
        """Whether either has blocked the other."""
        return (one, other) in self.blocks or (other, one) in self.blocks

    def may_read(self, viewer: str, said: Said) -> bool:
        """Promise 4."""
        if said.is_withdrawn or self.is_apart(viewer, said.author):
            return False
        if viewer == said.author:
            return True
        if (said.owner, viewer) in self.blocks:
            return False
        return said.reach in {PUBLIC, QUIET} or (viewer != STRANGER and viewer in self.hearers(said))

    def hearers(self, said: Said) -> set[str]:
        """Those for whom a post was meant that is not for anyone."""
        if said.reach == HERE:
            return set(self.here)
        followers = {
            follower
            for (follower, followed), since in self.follows.items()
            if followed == said.owner and since is not None and since <= said.at
        }
        return {NAMED: set(said.readers), FOLLOWERS: {said.owner, *said.readers, *followers}}.get(said.reach, set())

    def may_fetch(self, viewer: str, said: Said) -> bool:
        """A picture whose copies go to other servers is for whoever has its address, which cannot be guessed."""
        if said.is_withdrawn:
            return False
        return said.reach in {PUBLIC, QUIET, FOLLOWERS, NAMED} or self.may_read(viewer, said)

    def block(self, blocker: str, blocked: str) -> None:
        """Both follows end."""
        self.blocks.add((blocker, blocked))
        self.follows.pop((blocker, blocked), None)
        self.follows.pop((blocked, blocker), None)
