"""Reading again the sites that somebody here follows, when it is time. When that is, stands in the row itself."""

import datetime as dt
import secrets

from django.db import transaction

from speak.federation.delivery.rules import asked_pause
from speak.federation.documents import Malformed
from speak.federation.documents.nodes import host_of
from speak.federation.models import Site
from speak.federation.sites import hubs, rules
from speak.federation.sites.asking import NoFeed, get
from speak.federation.sites.feeds import Feed, read_feed
from speak.federation.sites.keeping import keep
from speak.identity.actions import notify
from speak.identity.models import Actor, NotificationKind
from speak.identity.queries import followers_of, is_followed
from speak.kernel import clock
from speak.kernel.due import hold
from speak.kernel.errors import Failure
from speak.kernel.outbound import Answer, Ask
from speak.kernel.outbound import ask as real_ask

# While somebody is at it, nobody else takes it up; whoever is killed meanwhile leaves it for later.
LEASE = dt.timedelta(minutes=15)
AT_ONCE = 1000
OK, UNCHANGED, GONE = 200, 304, 410


def begin(actor: Actor) -> None:
    """Somebody follows a site: it is read now, and whole, if nobody did before."""
    Site.objects.filter(actor=actor, due_at=None).update(
        due_at=clock.now(), failures=0, ended_at=None, etag="", last_modified=""
    )


def end(actor: Actor) -> None:
    """Somebody follows a site no more: it is left alone, if that was the last."""
    site = Site.objects.filter(actor=actor).first()
    if site is not None and not is_followed(actor):
        _let_be(site)


def has_ended(actor: Actor) -> bool:
    """Whether the server of a site said that it is gone for good."""
    return actor.is_site and Site.objects.filter(actor=actor).exclude(ended_at=None).exists()


def take_up_due() -> list[int]:
    """The ids of sites that are to be read by now, one of each server at a time; each is handed out once."""
    due = Site.objects.filter(due_at__lte=clock.now()).order_by("-due_at").values_list("pk", "feed_url")[:AT_ONCE]
    one_each = {host_of(url): pk for pk, url in due}
    return hold(Site, one_each.values(), lease=LEASE)


def read(site_id: int, *, ask: Ask = real_ask) -> None:
    """Read a site, take over what is new, and plan when to read it next."""
    site = Site.objects.select_related("actor").filter(pk=site_id).exclude(due_at=None).first()
    if site is None:
        return
    if not is_followed(site.actor):
        _let_be(site)
        return
    if site.actor.suspended_at is not None:
        Site.objects.filter(pk=site.pk).update(due_at=clock.now() + rules.LONGEST)
        return
    try:
        answer = get(site.feed_url, ask=ask, headers=_conditions(site))
        if answer.status == GONE:
            _end(site)
        elif answer.status == UNCHANGED:
            _plan(site, answer, has_news=False)
        elif answer.status == OK:
            _take(site, answer)
        else:
            _failed(site, f"answered {answer.status}", answer)
    except (Failure, NoFeed, Malformed) as reason:
        _failed(site, str(reason))


def _let_be(site: Site) -> None:
    Site.objects.filter(pk=site.pk).update(due_at=None)
    hubs.leave_all(site)


def _conditions(site: Site) -> dict[str, str]:
    """A conditional request (RFC 9110, 13.1); a whole one where it is looked for who tells of it from now on."""
    if hubs.is_to_be_renewed(site):
        return {}
    given = {"If-None-Match": site.etag, "If-Modified-Since": site.last_modified}
    return {name: value for name, value in given.items() if value}


def _take(site: Site, answer: Answer) -> None:
    """What is read stays under the address that it is known by, wherever that leads now."""
    feed = read_feed(answer, url=site.feed_url)
    kept, news = keep(feed, answer=answer)
    hubs.look_at(kept, feed)
    _plan(kept, answer, has_news=news > 0, feed=feed)


def _plan(site: Site, answer: Answer, *, has_news: bool, feed: Feed | None = None) -> None:
    pause = rules.pause_after(dt.timedelta(seconds=site.seconds_between), has_news=has_news)
    said = feed.pause if feed and feed.pause else dt.timedelta(0)
    asked = rules.pause_asked_for(answer.headers.get("cache-control", ""))
    if hubs.has_live_hub(site):
        asked = rules.LONGEST  # what a hub may have missed
    due_at = rules.next_reading(clock.now(), pause, said, asked, chance=_chance())
    Site.objects.filter(pk=site.pk).exclude(due_at=None).update(
        due_at=due_at,
        seconds_between=int(pause.total_seconds()),
        failures=0,
        last_failure="",
        answered_at=clock.now(),
    )


def _failed(site: Site, reason: str, answer: Answer | None = None) -> None:
    failures = min(site.failures + 1, 1000)
    asked = (
        asked_pause(answer.headers.get("retry-after", ""), now=clock.now(), longest=rules.LONGEST) if answer else None
    )
    pauses = (rules.pause_after_failures(failures), asked or dt.timedelta(0))
    Site.objects.filter(pk=site.pk).exclude(due_at=None).update(
        due_at=rules.next_reading(clock.now(), *pauses, chance=_chance()),
        failures=failures,
        last_failure=reason[:300],
    )


def _chance() -> float:
    return secrets.randbelow(1000) / 1000


@transaction.atomic
def _end(site: Site) -> None:
    """What it said stays; those who follow it are told that no more comes."""
    hubs.leave_all(site)
    Site.objects.filter(pk=site.pk).update(due_at=None, ended_at=clock.now())
    for follower in followers_of(site.actor):
        notify(follower, kind=NotificationKind.SITE_ENDED, about=site.actor)
