"""A place where there is one of everything that an app can ask for."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from speak.clients.models import App as Registered
from speak.clients.tokens import make_token
from speak.identity.actions import block, change_preferences, choose_policy, follow, mute
from speak.identity.models import Actor, Hearing, Notification
from speak.kernel import clock
from speak.voice.actions import boost, keep, like, pin
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import ALL, App

# What has the ids that stand behind these words of a path; the longest that fits counts.
BEHIND = {
    "/api/v1/accounts/": "people",
    "/api/v1/follow_requests/": "asking",
    "/api/v1/statuses/": "posts",
    "/api/v1/lists/": "lists",
    "/api/v1/timelines/list/": "lists",
    "/api/v1/timelines/tag/": "tags",
    "/api/v1/tags/": "tags",
    "/api/v1/media/": "media",
    "/api/v1/notifications/": "notifications",
    "/api/v1/notifications/requests/": "apart",
    "/api/v1/scheduled_statuses/": "held",
    "/api/v2/filters/": "filters",
    "/api/v2/filters/keywords/": "keywords",
    "/api/v2/filters/statuses/": "filtered",
}
# The same for what is named inside an address or a body.
NAMED = {
    "in_reply_to_id": "posts",
    "quoted_status_id": "posts",
    "status_id": "posts",
    "status_ids": "posts",
    "account_id": "people",
    "account_ids": "people",
    "media_ids": "media",
    "acct": "names",
    "q": "words",
}


@dataclass
class Furnished:
    """Alice's app, and the ids of all there is."""

    app: App
    ids: dict[str, list[str]] = field(default_factory=dict)

    def behind(self, path: str) -> list[str]:
        """What could stand in the place that this path has for an id; of an unknown one anything could."""
        fitting = [start for start in BEHIND if path.startswith(start)]
        return self.ids[BEHIND[max(fitting, key=len)]] if fitting else self.any_id

    @property
    def any_id(self) -> list[str]:
        """All ids."""
        return [each for ids in self.ids.values() for each in ids if each.isdigit()]


@contextmanager
def as_it_was() -> Iterator[None]:
    """Whatever is changed in here was never changed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def furnish() -> Furnished:
    """One of everything."""
    alice, bob, carol, erin = (makers.person(name) for name in ("alice", "bob", "carol", "erin"))
    dora = makers.far_person("dora")
    assert alice.user
    house = Furnished(App(Client(), make_token(alice.user, scopes=ALL, app=registered())))
    for other in (bob, carol, dora):
        makers.follows(alice, other)
    makers.follows(bob, alice)
    change_preferences(alice, approves_followers=True, is_listed=True)
    follow(erin, target=alice)
    _speak(alice, bob, dora, house)
    block(alice, blocked=makers.person("frank"))
    mute(alice, muted=makers.person("grace"))
    _keep(house, bob)
    house.ids |= {
        "people": [str(person.pk) for person in (bob, carol, dora, alice)],
        "asking": [str(erin.pk)],
        "tags": ["tides"],
        "names": ["bob", "dora@far.example", "@alice"],
        "words": ["tides", "bob", "#tides", "https://far.example/x"],
        "notifications": [str(row.pk) for row in Notification.objects.filter(recipient=alice)],
        "apart": [str(_kept_apart(alice).pk)],
    }
    return house


def _kept_apart(alice: Actor) -> Actor:
    """Somebody of whom she would be told, were it not for her policy."""
    choose_policy(alice, chosen={"for_not_following": Hearing.FILTER})
    stranger = makers.person("henry")
    makers.post(stranger, "@alice Hello.")
    return stranger


def registered() -> Registered:
    """An app that has registered itself for everything."""
    return Registered.objects.create(
        name="Tusk",
        scopes=" ".join(ALL),
        redirect_uris=Registered.OUT_OF_BAND,
        client_type=Registered.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Registered.GRANT_AUTHORIZATION_CODE,
    )


def _speak(alice: Actor, bob: Actor, dora: Actor, house: Furnished) -> None:
    app = house.app
    said = makers.post(alice, "Look, @bob: #tides https://example.org/")
    heard = makers.post(bob, "@alice #tides are in.")
    far = makers.far_post(dora, "<p>From afar.</p>")
    answered = makers.answer(bob, said)
    media = [_picture(app), _picture(app)]
    article = app.post("/api/v1/statuses", status="Words.", title="On tides", media_ids=media[:1], spoiler_text="Long")
    app.ask("PUT", f"/api/v1/statuses/{article['id']}", {"status": "Better words.", "title": "On tides"})
    named = app.post("/api/v1/statuses", status="@bob In private.", visibility="direct")
    quoting = makers.post(alice, "For few.", reach=Reach.FOLLOWERS)
    for post in (heard, far, answered):
        like(alice, post=post)
        keep(alice, post=post)
    like(bob, post=said)
    passed = [boost(alice, post=far), boost(bob, post=said)]
    pin(alice, post=said)
    held = app.post(
        "/api/v1/statuses",
        status="Later.",
        scheduled_at=(clock.now() + dt.timedelta(days=1)).isoformat(),
    )
    posts = (said, heard, far, answered, quoting)
    house.ids["posts"] = (
        [str(post.pk) for post in posts] + [article["id"], named["id"]] + [str(each.pk) for each in passed]
    )
    house.ids["media"] = media[1:]
    house.ids["held"] = [held["id"]]


def _keep(house: Furnished, bob: Actor) -> None:
    app = house.app
    kept = app.post("/api/v1/lists", title="Harbor")
    app.post(f"/api/v1/lists/{kept['id']}/accounts", account_ids=[str(bob.pk)])
    made = app.post(
        "/api/v2/filters", title="Tides", context=["home", "public"], keywords_attributes=[{"keyword": "tides"}]
    )
    row = app.post(f"/api/v2/filters/{made['id']}/statuses", status_id=house.ids["posts"][0])
    house.ids |= {
        "lists": [kept["id"]],
        "filters": [made["id"]],
        "keywords": [made["keywords"][0]["id"]],
        "filtered": [row["id"]],
    }


def _picture(app: App) -> str:
    file = SimpleUploadedFile("tide.png", makers.picture(), "image/png")
    answer = app.client.post("/api/v2/media", {"file": file}, headers={"Authorization": f"Bearer {app.token}"})
    assert answer.status_code == 200, answer.content
    return str(answer.json()["id"])
