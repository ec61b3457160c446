"""Promise 4, attacked through apps: the machine that came with the first posts plays by Mastodon's API.

People say, answer, edit, take back, thank, keep and pass on with apps of theirs; how they follow and block each other
stays as it was. What is asked back are all endpoints that read, those not yet thought of here among them; the model in
`hearing` says who may read what, and each post has a word of its own.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule, run_state_machine_as_test

from speak.clients.openapi.operations import PART
from speak.clients.urls import ENDPOINTS
from speak.kernel import clock
from tests.clients.apps import App, app_of
from tests.examples import MANY
from tests.voice.hearing import FOLLOWERS, HERE, NAMED, PUBLIC, QUIET, SELF, STRANGER, Said
from tests.voice.test_nobody_outside_the_audience import (
    CAST,
    COMMON,
    LOCAL,
    House,
    Saying,
    groups,
    locals_,
    names,
    reaches,
    tiny_picture,
)

READ = [each.route for each in ENDPOINTS if each.method == "GET"]
OF_ONE_POST = "/api/v1/statuses/<int:post_id>"
VISIBILITIES = {PUBLIC: "public", QUIET: "unlisted", FOLLOWERS: "private", NAMED: "direct"}
DEEDS = st.sampled_from(["reblog", "favourite", "bookmark"])


class HouseOfApps(House):
    """People talking with apps, and somebody who asks everything with each of these."""

    asked = 0

    def __init__(self) -> None:
        """Everybody here has an app; a stranger's has no token."""
        super().__init__()
        self.apps = {name: app_of(self.actors[name]) for name in LOCAL} | {STRANGER: App(Client())}
        self.lists: list[str] = []
        self.passed_on: list[str] = []
        self.held: list[str] = []

    # --- what people do ---

    @rule(post=House.said, named=groups)
    def edit(self, post: Said, named: set[str]) -> None:
        if post.is_withdrawn or post.author == "dora":
            return
        marker = self.marker()
        words = f"{marker} {COMMON} #{COMMON} {self.calls(named)}"
        assert self.ask(post.author, "PUT", f"/api/v1/statuses/{post.id}", status=words).status_code == 200
        post.markers.append(marker)

    @rule(post=House.said)
    def withdraw(self, post: Said) -> None:
        if post.is_withdrawn or post.author == "dora":
            super().withdraw(post)
            return
        assert self.ask(post.author, "DELETE", f"/api/v1/statuses/{post.id}").status_code == 200
        post.is_withdrawn = True

    @rule(post=House.said, name=locals_)
    def withdraw_of_another(self, post: Said, name: str) -> None:
        if name != post.author:
            assert self.ask(name, "DELETE", f"/api/v1/statuses/{post.id}").status_code in {403, 404}
            assert self.ask(name, "PUT", f"/api/v1/statuses/{post.id}", status="Mine.").status_code in {403, 404}

    @rule(actor=locals_, post=House.said, deed=DEEDS)
    def act(self, actor: str, post: Said, deed: str) -> None:
        may = self.hearing.may_read(actor, post)
        answer = self.ask(actor, "POST", f"/api/v1/statuses/{post.id}/{deed}")
        is_done = answer.status_code == 200
        if deed != "reblog":
            assert is_done == may, (actor, post, deed)
            return
        assert not is_done or (may and post.reach in {PUBLIC, QUIET}), (actor, post)
        if is_done:
            self.passed_on.append(answer.json()["id"])

    @rule(author=locals_, reach=reaches)
    def keep_draft(self, author: str, reach: str) -> None:
        marker = self.marker()
        at = (clock.now() + dt.timedelta(days=1)).isoformat()
        said = self.ask(author, "POST", "/api/v1/statuses", status=marker, scheduled_at=at, **wish(reach, twice=False))
        assert said.status_code == 200
        self.drafts.append((author, marker))
        self.held.append(said.json()["id"])

    @rule(owner=locals_, others=st.sets(names, min_size=1))
    def gather(self, owner: str, others: set[str]) -> None:
        kept = self.ask(owner, "POST", "/api/v1/lists", title="Harbor").json()["id"]
        for other in others:
            self.ask(owner, "POST", f"/api/v1/lists/{kept}/accounts", account_ids=[str(self.actors[other].pk)])
        self.lists.append(kept)

    # --- by these means ---

    def publish(self, saying: Saying) -> object:
        """Say it as an app does. What it says of its audience is what the model goes by, and then must hold."""
        marker = self.marker()
        given = self.given(saying, marker)
        picture = self.picture(saying.author, marker) if saying.shape == "picture" else {}
        answer = self.ask(saying.author, "POST", "/api/v1/statuses", **given, **picture.get("given", {}))
        if answer.status_code != 200:
            assert answer.status_code in {403, 404, 422}, answer.content
            return multiple()
        status = answer.json()
        said = self.model(saying, int(status["id"]), status["audience"]["kind"].upper(), marker)
        said.picture = picture.get("token", "")
        assert status["visibility"] == shown_as(said.reach)
        assert status["local_only"] == (said.reach in {HERE, SELF})
        if saying.answered:
            self.check_never_wider(said, saying.answered)
        return self.remember(said)

    def given(self, saying: Saying, marker: str) -> dict[str, Any]:
        """What the app sends."""
        given = {
            "status": f"{marker} {COMMON} #{COMMON} {self.calls(saying.named | saying.to)}",
            "title": marker if saying.shape == "title" else "",
            "spoiler_text": marker if saying.shape == "summary" else "",
        }
        if saying.answered:
            given["in_reply_to_id"] = str(saying.answered.id)
        return given if saying.stays else {**given, **wish(saying.reach, twice=self.markers % 2 == 0)}

    def model(self, saying: Saying, post_id: int, reach: str, marker: str) -> Said:
        """Who may read it, by what the promises say of an audience of this kind."""
        author, answered = saying.author, saying.answered
        heard = {name for name in saying.named | saying.to if (name, author) not in self.hearing.blocks}
        at, owner, readers = self.hearing.passes(), author, {NAMED: heard, FOLLOWERS: heard}.get(reach, set())
        if answered:
            readers = {name for name in readers if self.hearing.may_read(name, answered)}
        if answered and reach == answered.reach and reach not in {PUBLIC, QUIET}:
            owner = answered.owner
            at = answered.at if reach == FOLLOWERS else at
            if reach in {NAMED, FOLLOWERS}:
                readers |= answered.readers | {answered.author}
        return Said(post_id, author, reach, owner, at, frozenset(readers) - {author}, [marker])

    def picture(self, author: str, marker: str) -> dict[str, Any]:
        """A picture on its way into a post, described by the word of that."""
        app = self.apps[author]
        file = SimpleUploadedFile("it.png", tiny_picture(), "image/png")
        answer = app.client.post(
            "/api/v2/media", {"file": file, "description": marker}, headers={"Authorization": f"Bearer {app.token}"}
        )
        assert answer.status_code == 200, answer.content
        shown = answer.json()
        return {"given": {"media_ids": [shown["id"]]}, "token": shown["url"].partition("/media/")[2].partition("?")[0]}

    def look_at_lists(self, viewer: str) -> None:
        for path in self.paths():
            self.look_at(viewer, path)

    def look_everywhere(self) -> None:
        for viewer in self.apps:
            self.look_at_lists(viewer)
            for said in self.hearing.posts:
                path = PART.sub(str(said.id), OF_ONE_POST)
                for beside in READ:
                    if beside.startswith(OF_ONE_POST):
                        self.look_at(viewer, PART.sub(str(said.id), beside))
                answer = self.ask(viewer, "GET", path)
                may_read = self.hearing.may_read(viewer, said)
                assert (answer.status_code == 200) == may_read, (viewer, said)
                assert (said.markers[-1] in answer.content.decode()) == may_read, (viewer, said)

    def look_at(self, viewer: str, path: str) -> None:
        """Ask for it as an app would, and for everything at once that can be named in an address."""
        given = {"q": COMMON, "acct": "alice", "id[]": [said.id for said in self.hearing.posts][:40], "limit": 40}
        answer = self.ask(viewer, "GET", path, **given)
        assert answer.status_code < 500, (viewer, path)
        self.check(viewer, path, answer.content.decode())

    def paths(self) -> Iterator[str]:
        """Every route that reads, but for those of one post, with everything that could stand in it."""
        of_anything = [*self.lists, *self.passed_on, *self.held]
        for route in READ:
            if "<str:" in route:
                yield PART.sub(COMMON, route)
            elif "<" not in route:
                yield route
            elif "/accounts/<" in route:
                yield from (PART.sub(str(self.actors[name].pk), route) for name in CAST)
            elif not route.startswith(OF_ONE_POST):
                yield from (PART.sub(known, route) for known in of_anything)
        yield from (PART.sub(known, OF_ONE_POST) for known in self.passed_on)

    def ask(self, viewer: str, method: str, path: str, **given: Any) -> Any:  # noqa: ANN401 - what JSON holds
        """One request with somebody's app."""
        type(self).asked += 1
        return self.apps[viewer].ask(method, path, given)


def wish(reach: str, *, twice: bool) -> dict[str, Any]:
    """An audience as an app asks for it; where there are two ways to say it, the other one."""
    if reach == HERE and twice:
        return {"local_only": True}
    if reach in VISIBILITIES and not twice:
        return {"visibility": VISIBILITIES[reach]}
    return {"audience": {"kind": reach.lower()}}


def shown_as(reach: str) -> str:
    """The nearest of Mastodon's four visibilities that promises no more."""
    return {SELF: "direct", HERE: "private"}.get(reach) or VISIBILITIES[reach]


@pytest.mark.timeout(3000)
@pytest.mark.django_db
def test_nobody_outside_the_audience_ever_reads_a_post_with_an_app() -> None:
    run_state_machine_as_test(
        HouseOfApps,
        settings=settings(
            max_examples=max(3, MANY // 50),
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )
    assert HouseOfApps.asked > 100
