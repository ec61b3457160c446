"""Promises 4 and 8, attacked: people come to rooms, talk, leave, hand over, at random, and who can read what is told.

A small model in memory (`sitting`) says who may read what. After each step the queries are compared
with it for everybody; now and then, and at the end, every page and every document is fetched as
everybody, and the words of a post may stand only where the model allows it.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from speak.identity import actions as people
from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.rooms import actions as rooms
from speak.rooms.models import Invitation, Room
from speak.rooms.queries import members_of
from speak.voice import actions
from speak.voice.audience import Audience
from speak.voice.models import Post, Reach
from speak.voice.queries import readable_by
from tests import makers
from tests.examples import MANY
from tests.federation.far import ACTIVITY, HOST, signature_headers
from tests.rooms.sitting import Said, Sitting, Table

LOCAL = ("alice", "bob", "carol", "erin")
STRANGER = ""
CAST = (*LOCAL, "dora")
locals_ = st.sampled_from(LOCAL)


class House(RuleBasedStateMachine):
    """People in rooms, and somebody who looks everywhere."""

    tables = Bundle("tables")
    said = Bundle("said")

    def __init__(self) -> None:
        """Everything happens in a transaction that is rolled back."""
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.actors = {name: makers.person(name) for name in LOCAL} | {"dora": makers.far_person("dora")}
        self.browsers = {name: self.browser(self.actors[name]) for name in LOCAL} | {STRANGER: self.browser(None)}
        self.sitting = Sitting()
        self.markers = 0

    def teardown(self) -> None:
        """A last look, then as if nothing had been."""
        try:
            self.look_everywhere()
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    @staticmethod
    def browser(actor: Actor | None) -> Client:
        """A browser in which somebody is signed in, or nobody."""
        client = Client(headers={"host": HOST})
        if actor is not None and actor.user is not None:
            client.force_login(actor.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    # --- what people do ---

    @initialize(target=tables)
    def the_first_room(self) -> Table:
        for actor in self.actors.values():
            people.write_profile(actor, words=people.ProfileWords(name=actor.name, aim="To be heard."))
            people.follow(self.actors["dora"], target=actor) if actor.is_local else None
        room = rooms.open_room(self.actors["alice"], words=rooms.RoomWords("Table", "To say what we think."))
        table = self.sitting.tables[room.pk] = Table(room.pk, "alice", "alice", ["alice"])
        return table

    @rule(target=tables, founder=locals_)
    def opens_another(self, founder: str) -> object:
        room = self.tries(lambda: rooms.open_room(self.actors[founder], words=rooms.RoomWords("Other", "To go on.")))
        if not isinstance(room, Room):
            return multiple()
        assert any(said.author == founder and not said.is_withdrawn for said in self.sitting.posts)
        table = self.sitting.tables[room.pk] = Table(room.pk, founder, founder, [founder])
        return table

    @rule(table=tables, inviter=locals_, guest=locals_, accepts=st.booleans())
    def invites(self, table: Table, inviter: str, guest: str, *, accepts: bool) -> None:
        asked = rooms.Asked(guest, "You listen well.", self.actors[guest])
        made = self.tries(lambda: rooms.invite(self.actors[inviter], room=self.room(table), asked=asked))
        if not isinstance(made, tuple):
            return
        assert inviter in table.members
        assert any(said.author == inviter and not said.is_withdrawn for said in self.sitting.posts)
        invitation: Invitation = made[0]
        if not accepts:
            rooms.decline_invitation(self.actors[guest], invitation=invitation)
            return
        for other in LOCAL:
            if other != guest:
                stolen = self.tries(
                    lambda other=other: rooms.accept_invitation(self.actors[other], invitation=invitation)
                )
                assert stolen is None
        if self.tries(lambda: rooms.accept_invitation(self.actors[guest], invitation=invitation)):
            self.sitting.comes(table, guest)

    @rule(target=said, table=tables, author=locals_)
    def speaks(self, table: Table, author: str) -> object:
        marker = self.marker()
        post = self.publish(author, marker, Audience(Reach.ROOM, room=table.id))
        may = author in table.members and not (table.is_paused or table.is_closed)
        assert (post is not None) == may
        return (
            self.remember(Said(post.pk, author, table.id, set(table.members), [marker], author)) if post else multiple()
        )

    @rule(target=said, author=locals_, answered=said)
    def answers(self, author: str, answered: Said) -> object:
        marker = self.marker()
        post = self.publish(author, marker, Audience(Reach.QUIET, stays_in_thread=True), answered)
        if post is None:
            return multiple()
        if answered.is_open:
            return self.remember(Said(post.pk, author, 0, set(), [marker], author, answered, is_open=True))
        table = self.sitting.tables[answered.room]
        assert author in table.members
        readers = answered.readers & set(table.members)
        return self.remember(Said(post.pk, author, table.id, readers, [marker], answered.owner, answered))

    @rule(target=said, author=locals_, answered=said, knows=st.booleans())
    def answers_wider(self, author: str, answered: Said, *, knows: bool) -> object:
        marker = self.marker()
        post = self.publish(author, marker, Audience(Reach.PUBLIC, is_knowingly_wider=knows), answered)
        if post is None:
            return multiple()
        assert knows or answered.is_open
        return self.remember(Said(post.pk, author, 0, set(), [marker], author, answered, is_open=True))

    @rule(table=tables, actor=locals_, agrees=st.booleans())
    def opens_earlier(self, table: Table, actor: str, *, agrees: bool) -> None:
        self.tries(lambda: rooms.open_earlier(self.actors[actor], room=self.room(table), agrees=agrees))
        if actor in table.members:
            (table.consenting.add if agrees else table.consenting.discard)(actor)
            if agrees:
                self.sitting.opens(table)

    @rule(table=tables, actor=locals_, takes_words=st.booleans())
    def leaves(self, table: Table, actor: str, *, takes_words: bool) -> None:
        self.tries(lambda: rooms.leave_room(self.actors[actor], room=self.room(table), takes_words=takes_words))
        if actor in table.members:
            self.sitting.goes(table, actor, takes_words=takes_words)

    @rule(table=tables, member=locals_)
    def hands_over(self, table: Table, member: str) -> None:
        host = self.actors[table.host]
        if (
            table.members
            and self.tries(lambda: rooms.ask_to_host(host, room=self.room(table), member=self.actors[member])) is None
        ):
            pass
        if self.room(table).asked_to_host_id == self.actors[member].pk:
            rooms.accept_hosting(self.actors[member], room=self.room(table))
            assert member in table.members
            before, table.host = table.host, member
            words = rooms.RoomWords("Mine", "To keep it.")
            if before != member:
                refused = self.tries(lambda: rooms.change_room(self.actors[before], room=self.room(table), words=words))
                assert refused is None, "whoever hosted is a member like all others"

    @rule(table=tables, actor=locals_, rests=st.booleans())
    def rests(self, table: Table, actor: str, *, rests: bool) -> None:
        change = rooms.pause_room if rests else rooms.resume_room
        self.tries(lambda: change(self.actors[actor], room=self.room(table)))
        if actor == table.host and actor in table.members and not table.is_closed:
            table.is_paused = rests

    @rule(table=tables)
    def ends(self, table: Table) -> None:
        host = self.actors[table.host]
        if len(self.sitting.posts) < 6 or table.host not in table.members or table.is_closed:
            return
        rooms.begin_hand_over(host, room=self.room(table))
        rooms.close_room(host, room=self.room(table))
        table.is_closed = True

    @rule(post=said)
    def edits(self, post: Said) -> None:
        if not post.is_withdrawn:
            marker = self.marker()
            actions.edit_post(self.actors[post.author], post=self.row(post), words=actions.Words(f"{marker} zebra"))
            post.markers.append(marker)

    @rule(post=said)
    def withdraws(self, post: Said) -> None:
        if not post.is_withdrawn:
            actions.withdraw_post(self.actors[post.author], post=self.row(post))
            post.is_withdrawn = True

    @rule(actor=st.sampled_from(CAST), post=said, act=st.sampled_from([actions.boost, actions.like, actions.keep]))
    def acts(self, actor: str, post: Said, act: object) -> None:
        assert callable(act)
        is_done = self.tries(lambda: act(self.actors[actor], post=self.row(post))) is not None
        assert not is_done or self.sitting.may_read(actor, post)
        assert not is_done or act is not actions.boost or post.is_open

    @rule(blocker=locals_, blocked=locals_)
    def blocks(self, blocker: str, blocked: str) -> None:
        if self.tries(lambda: people.block(self.actors[blocker], blocked=self.actors[blocked])) is not None:
            self.sitting.blocks.add((blocker, blocked))

    @rule(blocker=locals_, blocked=locals_)
    def unblocks(self, blocker: str, blocked: str) -> None:
        people.unblock(self.actors[blocker], blocked=self.actors[blocked])
        self.sitting.blocks.discard((blocker, blocked))

    # --- what must hold ---

    @invariant()
    def queries_agree(self) -> None:
        for viewer in (*CAST, STRANGER):
            readable = set(readable_by(self.actors.get(viewer)).values_list("pk", flat=True))
            expected = {said.id for said in self.sitting.posts if self.sitting.may_read(viewer, said)}
            assert readable == expected, viewer or "a stranger"

    @invariant()
    def readers_are_members(self) -> None:
        for table in self.sitting.tables.values():
            room = self.room(table)
            assert [member.handle for member in members_of(room)] == table.members
            assert room.host.handle == table.host
            for said in self.sitting.posts:
                if said.room == table.id:
                    rows = set(self.row(said).readers.values_list("actor__handle", flat=True))
                    assert rows <= set(table.members), "somebody reads who is not listed"

    def look_everywhere(self) -> None:
        for viewer, browser in self.browsers.items():
            for path in self.pages():
                self.check(viewer, path, browser.get(path).content.decode())
            for table in self.sitting.tables.values():
                is_member = viewer in table.members
                assert (browser.get(f"/rooms/{table.id}").status_code == 200) == is_member, (viewer, table)
            for said in self.sitting.posts:
                path = self.row(said).path
                response = browser.get(path)
                assert (response.status_code == 200) == self.sitting.may_read(viewer, said), (viewer, said)
                self.check(viewer, path, response.content.decode())
        for path in self.documents():
            for name, body in (("dora", self.as_dora(path)), (STRANGER, self.as_stranger(path))):
                self.check(name, path, body)

    def pages(self) -> Iterator[str]:
        """Where people look."""
        yield from (
            "/",
            "/notifications",
            "/search?q=zebra",
            "/rooms",
            "/bookmarks",
            "/thanked",
            "/stories",
            "/organisation",
        )
        yield from (f"/@{name}" for name in CAST[:-1])
        for table in self.sitting.tables.values():
            yield from (f"/rooms/{table.id}{page}" for page in ("", "/people", "/screen", "/screen/words", "/now"))

    def documents(self) -> Iterator[str]:
        """What other servers fetch."""
        for name in LOCAL:
            yield from (f"/actors/{self.actors[name].pk}", f"/actors/{self.actors[name].pk}/outbox?page=true")
        for said in self.sitting.posts:
            yield from (f"/posts/{said.id}", f"/posts/{said.id}/replies?page=true")

    def check(self, viewer: str, path: str, body: str) -> None:
        """No word stands where it may not."""
        for said in self.sitting.posts:
            if not self.sitting.may_read(viewer, said):
                leaked = [marker for marker in said.markers if marker in body]
                assert not leaked, f"{viewer or 'a stranger'} sees {leaked} of {said} at {path}"

    # --- by these means ---

    def as_dora(self, path: str) -> str:
        """What dora's server gets, signed by her."""
        headers = signature_headers("GET", path, key_uri=f"{self.actors['dora'].uri}#main-key")
        return Client().get(path, headers={"accept": ACTIVITY, **headers}).content.decode()

    def as_stranger(self, path: str) -> str:
        """What a server gets that does not sign."""
        return self.browsers[STRANGER].get(path, headers={"accept": ACTIVITY}).content.decode()

    def publish(self, author: str, marker: str, audience: Audience, answered: Said | None = None) -> Post | None:
        """Say something, if it is not refused."""
        said = self.tries(
            lambda: actions.publish_post(
                self.actors[author],
                words=actions.Words(f"{marker} zebra"),
                audience=audience,
                in_reply_to=self.row(answered) if answered else None,
            )
        )
        return said if isinstance(said, Post) else None

    def remember(self, said: Said) -> Said:
        """The model knows it now."""
        self.sitting.posts.append(said)
        return said

    def marker(self) -> str:
        """A word that stands nowhere else."""
        self.markers += 1
        return f"mark{self.markers:03}word"

    @staticmethod
    def row(said: Said) -> Post:
        """The post in the database."""
        return Post.objects.select_related("author").get(pk=said.id)

    @staticmethod
    def room(table: Table) -> Room:
        """The room in the database."""
        return Room.objects.select_related("host").get(pk=table.id)

    @staticmethod
    def tries(deed: object) -> object:
        """What came of it, True where nothing did; None where it was refused."""
        assert callable(deed)
        try:
            with transaction.atomic():
                return deed() or True
        except Refusal:
            return None


@pytest.mark.timeout(3000)
@pytest.mark.django_db
def test_whoever_can_read_a_room_is_in_it_whatever_happens() -> None:
    run_state_machine_as_test(
        House,
        settings=settings(
            max_examples=max(5, MANY // 100),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
