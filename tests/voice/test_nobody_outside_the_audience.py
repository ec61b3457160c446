"""Promise 4, attacked: whatever people do in whatever order, nobody outside its audience ever sees a post.

A machine lets alice, bob and carol (here) and dora (far.example) speak, answer, name each other, pass on,
edit, withdraw, follow, block and keep drafts, at random. A small model in memory (`hearing`) says who
may read what. Each post has a word of its own; then everything there is to fetch is fetched as
everyone, and each word may stand only where the model allows it. On its own page it has to stand.
"""

import io
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

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
    precondition,
    rule,
    run_state_machine_as_test,
)
from PIL import Image

from speak.identity import actions as people
from speak.identity.models import Actor, Follow, FollowState
from speak.kernel.errors import Refusal
from speak.voice import actions
from speak.voice.audience import Audience
from speak.voice.errors import WiderThanAnswered
from speak.voice.models import Post, Reach
from speak.voice.queries import readable_by
from tests import makers
from tests.examples import MANY
from tests.federation.far import ACTIVITY, HOST, signature_headers
from tests.voice.hearing import FOLLOWERS, HERE, NAMED, PUBLIC, QUIET, SELF, STRANGER, Hearing, Said

LOCAL = ("alice", "bob", "carol")
CAST = (*LOCAL, "dora")
NAMES = {"alice": "@alice", "bob": "@bob", "carol": "@carol", "dora": "@dora@far.example"}
names, locals_, groups = st.sampled_from(CAST), st.sampled_from(LOCAL), st.sets(st.sampled_from(CAST), max_size=2)
reaches = st.sampled_from([PUBLIC, QUIET, FOLLOWERS, HERE, NAMED, SELF])
COMMON = "zebra"


def tiny_picture() -> bytes:
    """A picture of four points."""
    made = io.BytesIO()
    Image.new("RGB", (2, 2)).save(made, "PNG")
    return made.getvalue()


@dataclass(frozen=True)
class Saying:
    """What somebody is about to say, to whom, in answer to what."""

    author: str
    reach: str
    to: frozenset[str]
    named: frozenset[str]
    answered: Said | None = None
    stays: bool = False
    knows: bool = False
    shape: str = ""


class House(RuleBasedStateMachine):
    """People talking, and somebody who looks everywhere."""

    said = Bundle("said")

    def __init__(self) -> None:
        """Everything happens in a transaction that is rolled back."""
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.actors = {name: makers.person(name) for name in LOCAL} | {"dora": makers.far_person("dora")}
        self.browsers = {name: self.browser(self.actors[name]) for name in LOCAL} | {STRANGER: self.browser(None)}
        self.hearing = Hearing(here=frozenset(LOCAL))
        self.drafts: list[tuple[str, str]] = []
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

    @initialize()
    def carol_wants_to_be_asked(self) -> None:
        people.change_preferences(self.actors["carol"], approves_followers=True, is_listed=True)
        people.change_preferences(self.actors["alice"], approves_followers=False, is_listed=True)

    @rule(
        target=said,
        author=locals_,
        reach=reaches,
        to=groups,
        named=groups,
        shape=st.sampled_from(["", "title", "summary", "picture"]),
    )
    def speak(self, author: str, reach: str, to: set[str], named: set[str], shape: str) -> object:
        return self.publish(Saying(author, reach, frozenset(to), frozenset(named), shape=shape))

    @rule(target=said, author=locals_, answered=said, named=groups, draw=st.data())
    def answer(self, author: str, answered: Said, named: set[str], draw: st.DataObject) -> object:
        stays = draw.draw(st.booleans(), label="stays in the thread")
        reach = answered.reach if stays else draw.draw(reaches, label="reach")
        to: set[str] = set() if stays else draw.draw(groups, label="people")
        knows = not stays and draw.draw(st.booleans(), label="knowingly wider")
        return self.publish(Saying(author, reach, frozenset(to), frozenset(named), answered, stays=stays, knows=knows))

    @rule(target=said, reach=st.sampled_from([PUBLIC, QUIET, FOLLOWERS, NAMED]), to=groups)
    def arrives(self, reach: str, to: set[str]) -> object:
        readers = frozenset(to - {"dora"}) if reach == NAMED else frozenset()
        marker = self.marker()
        post = makers.far_post(
            self.actors["dora"],
            f"<p>{marker} {COMMON}</p>",
            reach=Reach[reach],
            to=tuple(self.actors[name] for name in readers),
        )
        return self.remember(Said(post.pk, "dora", reach, "dora", self.hearing.passes(), readers, [marker]))

    @rule(post=said, named=groups)
    def edit(self, post: Said, named: set[str]) -> None:
        if post.is_withdrawn or post.author == "dora":
            return
        marker = self.marker()
        words = actions.Words(f"{marker} {COMMON} #{COMMON} {self.calls(named)}")
        actions.edit_post(self.actors[post.author], post=self.row(post), words=words)
        post.markers.append(marker)

    @rule(post=said)
    def withdraw(self, post: Said) -> None:
        if post.is_withdrawn:
            return
        if post.author == "dora":
            actions.receive_withdrawal(self.actors["dora"], uri=self.row(post).uri)
        else:
            actions.withdraw_post(self.actors[post.author], post=self.row(post))
        post.is_withdrawn = True

    @rule(actor=names, post=said, act=st.sampled_from([actions.boost, actions.like, actions.keep]))
    def act(self, actor: str, post: Said, act: object) -> None:
        assert callable(act)
        may = self.hearing.may_read(actor, post)
        is_done = self.tries(lambda: act(self.actors[actor], post=self.row(post)))
        assert not is_done or may
        if act is actions.boost:
            assert not is_done or post.reach in {PUBLIC, QUIET}
        else:
            assert is_done == may

    @rule(follower=names, followed=names)
    def follow(self, follower: str, followed: str) -> None:
        if not self.tries(lambda: people.follow(self.actors[follower], target=self.actors[followed])):
            return
        row = Follow.objects.get(follower=self.actors[follower], target=self.actors[followed])
        self.hearing.passes()
        pair = (follower, followed)
        if followed in {"carol", "dora"}:
            self.hearing.follows.setdefault(pair, None)
        elif self.hearing.follows.get(pair) is None:
            self.hearing.follows[pair] = self.hearing.now
        assert (row.state == FollowState.ACCEPTED) == (self.hearing.follows[pair] is not None)

    @rule(followed=st.sampled_from(["carol", "dora"]), follower=names)
    def approve(self, followed: str, follower: str) -> None:
        row = Follow.objects.filter(follower=self.actors[follower], target=self.actors[followed]).first()
        if row is None:
            return
        people.accept_follow(self.actors[followed], follow=row)
        if self.hearing.follows[follower, followed] is None:
            self.hearing.follows[follower, followed] = self.hearing.passes()

    @rule(follower=names, followed=names)
    def unfollow(self, follower: str, followed: str) -> None:
        people.unfollow(self.actors[follower], target=self.actors[followed])
        self.hearing.follows.pop((follower, followed), None)

    @rule(blocker=names, blocked=names)
    def block(self, blocker: str, blocked: str) -> None:
        if self.tries(lambda: people.block(self.actors[blocker], blocked=self.actors[blocked])):
            self.hearing.block(blocker, blocked)

    @rule(blocker=names, blocked=names)
    def unblock(self, blocker: str, blocked: str) -> None:
        people.unblock(self.actors[blocker], blocked=self.actors[blocked])
        self.hearing.blocks.discard((blocker, blocked))

    @rule(author=locals_, reach=reaches)
    def keep_draft(self, author: str, reach: str) -> None:
        marker = self.marker()
        content = actions.DraftWords(actions.Words(f"{marker} {COMMON} #{COMMON}"), Audience(Reach[reach]))
        actions.keep_draft(self.actors[author], content=content)
        self.drafts.append((author, marker))

    # --- what must hold ---

    @invariant()
    def queries_agree(self) -> None:
        posts = self.hearing.posts
        for viewer in (*CAST, STRANGER):
            readable = set(readable_by(self.actors.get(viewer)).values_list("pk", flat=True))
            expected = {said.id for said in posts if self.hearing.may_read(viewer, said)}
            assert readable == expected, viewer or "a stranger"

    @precondition(lambda self: len(self.hearing.posts) > 3)
    @rule(viewer=st.sampled_from([*LOCAL, STRANGER]))
    def look(self, viewer: str) -> None:
        self.look_at_lists(viewer)

    def look_at_lists(self, viewer: str) -> None:
        for path in self.pages():
            self.check(viewer, path, self.browsers[viewer].get(path).content.decode())

    def look_everywhere(self) -> None:
        for viewer, browser in self.browsers.items():
            self.look_at_lists(viewer)
            self.check_pages_of_posts(viewer, browser)
        for path in self.feeds():
            self.check(STRANGER, path, self.browsers["bob"].get(path).content.decode())
        for path in self.documents():
            self.check_document("bob", path)
            self.check("dora", path, self.as_dora(path))
        for said in self.hearing.posts:
            is_local = said.author != "dora"
            seen = said.markers[-1] in self.as_dora(f"/posts/{said.id}")
            leaves = said.reach in {PUBLIC, QUIET, FOLLOWERS, NAMED}
            assert seen == (is_local and leaves and self.hearing.may_read("dora", said)), said

    # --- by these means ---

    def pages(self) -> Iterator[str]:
        """Where people look."""
        yield from (
            "/",
            "/notifications",
            f"/search?q={COMMON}",
            f"/tags/{COMMON}",
            "/bookmarks",
            "/thanked",
            "/drafts",
        )
        yield from (f"/@{name}" for name in LOCAL)
        yield "/@dora@far.example"

    def feeds(self) -> Iterator[str]:
        """What readers of feeds fetch: for strangers, whoever is signed in."""
        yield from (f"/@{name}/feed.{form}" for name in LOCAL for form in ("atom", "json"))

    def documents(self) -> Iterator[str]:
        """What other servers fetch."""
        for name in LOCAL:
            number = self.actors[name].pk
            yield from (f"/actors/{number}", f"/@{name}", f"/actors/{number}/featured")
            yield from (f"/actors/{number}/outbox", f"/actors/{number}/outbox?page=true")
        for said in self.hearing.posts:
            yield from (f"/posts/{said.id}", f"/posts/{said.id}/replies", f"/posts/{said.id}/replies?page=true")
            yield from (f"/posts/{said.id}/likes", f"/posts/{said.id}/shares")

    def check_pages_of_posts(self, viewer: str, browser: Client) -> None:
        """On its own page a post stands for those who may read it; for everybody else nothing is there."""
        for said in self.hearing.posts:
            may_read = self.hearing.may_read(viewer, said)
            path = self.row(said).path
            response = browser.get(path)
            page = response.content.decode()
            self.check(viewer, path, page)
            assert (response.status_code == 200) == may_read, (viewer, said)
            assert (said.markers[-1] in page) == may_read, (viewer, said)
            for beside in (
                (f"{path}/earlier", f"/compose?answers={said.id}", f"/compose?quotes={said.id}")
                if said.markers[1:] or not may_read
                else ()
            ):
                self.check(viewer, beside, browser.get(beside).content.decode())
            if not may_read:
                self.check_document(viewer, path)
            if said.picture:
                is_shown = browser.get(f"/media/{said.picture}").status_code == 200
                assert is_shown == self.hearing.may_fetch(viewer, said), (viewer, said)

    def check_document(self, viewer: str, path: str) -> None:
        """A document that nobody signed for is for strangers, even in a browser where somebody is signed in."""
        response = self.browsers[viewer].get(path, headers={"accept": ACTIVITY})
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        self.check(viewer if is_page else STRANGER, path, response.content.decode())

    def check(self, viewer: str, path: str, body: str) -> None:
        """No word stands where it may not."""
        for said in self.hearing.posts:
            if not self.hearing.may_read(viewer, said):
                leaked = [marker for marker in said.markers if marker in body]
                assert not leaked, f"{viewer or 'a stranger'} sees {leaked} of {said} at {path}"
        for author, marker in self.drafts:
            assert viewer == author or marker not in body, (
                f"{viewer or 'a stranger'} sees a draft of {author} at {path}"
            )

    def as_dora(self, path: str) -> str:
        """What dora's server gets, signed by her."""
        headers = signature_headers("GET", path, key_uri=f"{self.actors['dora'].uri}#main-key")
        return Client().get(path, headers={"accept": ACTIVITY, **headers}).content.decode()

    def publish(self, saying: Saying) -> object:
        """Say something, and write into the model who may read it."""
        author, reach, answered = saying.author, saying.reach, saying.answered
        marker = self.marker()
        words = actions.Words(
            f"{marker} {COMMON} #{COMMON} {self.calls(saying.named)}",
            title=marker if saying.shape == "title" else "",
            summary=marker if saying.shape == "summary" else "",
        )
        audience = Audience(
            Reach[reach],
            people=tuple(self.actors[name] for name in saying.to),
            stays_in_thread=saying.stays,
            is_knowingly_wider=saying.knows,
        )
        media = (
            [actions.add_picture(self.actors[author], data=tiny_picture(), description=marker)]
            if saying.shape == "picture"
            else []
        )
        heard = {name for name in saying.named if (name, author) not in self.hearing.blocks}
        if answered and not saying.knows:
            heard = {name for name in heard if self.hearing.may_read(name, answered)}
        try:
            with transaction.atomic():
                post = actions.publish_post(
                    self.actors[author],
                    words=words,
                    audience=audience,
                    in_reply_to=self.row(answered) if answered else None,
                    media=media,
                )
        except WiderThanAnswered:
            assert answered
            assert not saying.knows
            return multiple()
        except Refusal:
            return multiple()
        at = self.hearing.passes()
        if saying.stays and answered:
            owner = author if answered.reach in {PUBLIC, QUIET} else answered.owner
            at = answered.at if answered.reach == FOLLOWERS else at
            readers = answered.readers | {answered.author} | heard if answered.reach in {NAMED, FOLLOWERS} else set()
        else:
            owner = answered.owner if answered and reach == HERE == answered.reach else author
            readers = {NAMED: saying.to | heard, FOLLOWERS: heard}.get(reach, set())
        said = Said(post.pk, author, reach, owner, at, frozenset(readers) - {author}, [marker])
        said.picture = media[0].token if media else ""
        if answered and not saying.knows:
            self.check_never_wider(said, answered)
        return self.remember(said)

    def check_never_wider(self, said: Said, answered: Said) -> None:
        """Whoever reads an answer can read what it answers, unless its author chose otherwise knowing it."""
        for viewer in (*CAST, STRANGER):
            apart = self.hearing.is_apart(viewer, answered.author) or (answered.owner, viewer) in self.hearing.blocks
            if viewer != said.author and not apart and self.hearing.may_read(viewer, said):
                assert self.hearing.may_read(viewer, answered), (viewer, said, answered)

    def remember(self, said: Said) -> Said:
        """The model knows it now."""
        self.hearing.posts.append(said)
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
    def calls(named: AbstractSet[str]) -> str:
        """Names as they stand in a text."""
        return " ".join(NAMES[name] for name in sorted(named))

    @staticmethod
    def tries(deed: object) -> bool:
        """Whether it was done; a refusal is an answer, too."""
        assert callable(deed)
        try:
            with transaction.atomic():
                deed()
        except Refusal:
            return False
        return True


@pytest.mark.timeout(3000)
@pytest.mark.django_db
def test_nobody_outside_the_audience_ever_sees_a_post() -> None:
    run_state_machine_as_test(
        House,
        settings=settings(
            max_examples=max(5, MANY // 100),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # Making a failure smaller takes minutes here; the steps that led to it are printed as they were.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
