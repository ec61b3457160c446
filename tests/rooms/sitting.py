"""Who sits where and may read what, kept in memory: written from the promises, without a look at rules or queries."""

from dataclasses import dataclass, field


@dataclass
class Said:
    """Something said in a room, or outside it on purpose. `readers` are those in the room for whom it is."""

    id: int
    author: str
    room: int
    readers: set[str]
    markers: list[str]
    owner: str = ""
    answered: "Said | None" = None
    is_open: bool = False
    is_withdrawn: bool = False


@dataclass
class Table:
    """A room: who is in it, who hosts it, who lets those who come later read what they said."""

    id: int
    host: str
    founder: str
    members: list[str] = field(default_factory=list)
    consenting: set[str] = field(default_factory=set)
    is_paused: bool = False
    is_closed: bool = False


@dataclass
class Sitting:
    """The people, the rooms, and what was said in them."""

    tables: dict[int, Table] = field(default_factory=dict)
    posts: list[Said] = field(default_factory=list)
    blocks: set[tuple[str, str]] = field(default_factory=set)

    def is_apart(self, one: str, other: str) -> bool:
        """Whether either has blocked the other."""
        return (one, other) in self.blocks or (other, one) in self.blocks

    def may_read(self, viewer: str, said: Said) -> bool:
        """Promises 4 and 8."""
        if said.is_withdrawn or self.is_apart(viewer, said.author):
            return False
        if viewer == said.author:
            return True
        if (said.owner, viewer) in self.blocks:
            return False
        return said.is_open or viewer in said.readers

    def comes(self, table: Table, name: str) -> None:
        """Somebody is in the room from now on."""
        if name not in table.members:
            table.members.append(name)
            table.consenting.discard(name)
            self.opens(table)

    def goes(self, table: Table, name: str, *, takes_words: bool) -> None:
        """Somebody is not in the room any more."""
        table.members.remove(name)
        table.consenting.discard(name)
        for said in self.posts:
            if said.room == table.id:
                said.readers.discard(name)
                said.is_withdrawn |= takes_words and said.author == name
        if table.host == name:
            table.host = table.members[0] if table.members else name
            table.is_closed |= not table.members

    def opens(self, table: Table) -> None:
        """What consenting authors said is for everybody who is in the room; an answer as far as what it answers."""
        for said in self.posts:
            if said.room == table.id and not said.is_open and said.author in table.consenting:
                within = set(table.members)
                said.readers |= within & said.answered.readers if said.answered else within
