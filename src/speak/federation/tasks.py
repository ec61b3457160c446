"""Later work for federation: what has to be asked of other servers."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from speak.federation.discovery import (
    find_conversation,
    find_featured,
    find_passed_on,
    look_again_at,
    moves,
    quotes,
    refresh_actor,
)
from speak.federation.discovery.followers import put_followers_right
from speak.federation.elsewhere import answers, letters, subscribers
from speak.federation.elsewhere import sending as elsewhere
from speak.federation.places import looking
from speak.federation.sites import callbacks, hubs, lists, polling
from speak.federation.webmention import receiving, sending
from speak.identity.actions import lead_on
from speak.identity.models import Actor
from speak.kernel.errors import Failure, Refusal
from speak.kernel.tasks import far_task, task
from speak.voice.queries import post_of_event, quote_of_event

log = logging.getLogger(__name__)
Ids = ParamSpec("Ids")


def _or_let_be(body: Callable[Ids, None]) -> Callable[Ids, None]:
    """What other servers do not give, or give in a way that cannot be used, is let be."""

    @wraps(body)
    def attempt(*args: Ids.args, **kwargs: Ids.kwargs) -> None:
        try:
            body(*args, **kwargs)
        except (Refusal, Failure) as reason:
            log.info("%s: %s", body.__name__, reason)

    return attempt


@far_task
@_or_let_be
def fetch_post(uri: str) -> None:
    """Fetch a post of another server, and what it answers."""
    find_conversation(uri)


@far_task
@_or_let_be
def fetch_boosted(uri: str, booster_id: int, boost_uri: str) -> None:
    """Fetch a post that an actor elsewhere passed on, and keep that they did."""
    find_passed_on(Actor.objects.get(pk=booster_id), uri=uri, boost_uri=boost_uri)


@far_task
@_or_let_be
def fetch_actor(uri: str) -> None:
    """Ask another server anew about an actor."""
    refresh_actor(uri)


@far_task
@_or_let_be
def fetch_featured(actor_id: int) -> None:
    """Fetch what an actor elsewhere keeps at the top of their profile."""
    actor = Actor.objects.get(pk=actor_id)
    if actor.featured_url and not actor.is_local:
        find_featured(actor)


@far_task
@_or_let_be
def check_quote(quote_id: int) -> None:
    """Ask the server of whoever a post from elsewhere quotes whether they agreed."""
    quotes.check_quote(quote_of_event(quote_id))


@far_task
@_or_let_be
def read_stamp(quote_id: int, stamp_uri: str) -> None:
    """Read the stamp by which somebody elsewhere lets somebody here show their words."""
    quotes.read_stamp(quote_of_event(quote_id), stamp_uri=stamp_uri)


@far_task
@_or_let_be
def fetch_quoting(*, uri: str, asker_id: int, quoted_id: int, request_uri: str) -> None:
    """Fetch the post by which somebody elsewhere asks to show words that were said here."""
    asker, quoted = Actor.objects.get(pk=asker_id), post_of_event(quoted_id)
    quotes.find_quoting(asker, uri=uri, quoted=quoted, request_uri=request_uri)


@far_task
@_or_let_be
def follow_a_move(actor_id: int, target_uri: str) -> None:
    """Lead those here who follow an actor elsewhere to where that actor says they live now."""
    moves.follow_a_move(Actor.objects.get(pk=actor_id), target_uri=target_uri)


@task
def lead_those_here(actor_id: int, new_id: int) -> None:
    """Those here who follow somebody who moved away from here follow them at their new home."""
    lead_on(Actor.objects.get(pk=actor_id), new=Actor.objects.get(pk=new_id))


@far_task
@_or_let_be
def look_again(author_id: int, uri: str) -> None:
    """Ask the server of a post's author how it stands now: said anew, or taken back."""
    look_again_at(Actor.objects.get(pk=author_id), uri=uri)


@far_task
@_or_let_be
def synchronize_followers(actor_id: int, url: str) -> None:
    """Read who here follows an actor elsewhere, as their server has it, and put right what differs."""
    put_followers_right(Actor.objects.get(pk=actor_id), url=url)


@far_task
@_or_let_be
def tell_site(owed_id: int) -> None:
    """Tell another site that something said here links to it."""
    sending.tell_site(owed_id)


@far_task
@_or_let_be
def check_site_mention(mention_id: int) -> None:
    """Read a page that is said to link to something here."""
    receiving.check(mention_id)


@far_task
@_or_let_be
def look_at_place(link_id: int) -> None:
    """Look whether another place of somebody's points back at them."""
    looking.look(link_id)


def take_up_places() -> None:
    """Hand out the places that are to be looked at by now."""
    for link_id in looking.take_up_due():
        look_at_place.enqueue(link_id=link_id)


@far_task
@_or_let_be
def read_site(site_id: int) -> None:
    """Read again what a site says."""
    polling.read(site_id)


@far_task
@_or_let_be
def follow_site(follower_id: int, url: str) -> None:
    """Find a site of a list that somebody brought, and follow it."""
    lists.follow_site(Actor.objects.get(pk=follower_id), url=url)


@far_task
@_or_let_be
def ask_hub(subscription_id: int) -> None:
    """Ask a hub to tell of a site, or to tell of it no more."""
    hubs.request(subscription_id)


@task
@_or_let_be
def read_distributed(distributed_id: int) -> None:
    """Read what a hub told of a site."""
    callbacks.read(distributed_id)


def take_up_sites() -> None:
    """Hand out the sites that are to be read by now, and the hubs that are to be asked."""
    for subscription_id in hubs.take_up_due():
        ask_hub.enqueue(subscription_id=subscription_id)
    for site_id in polling.take_up_due():
        read_site.enqueue(site_id=site_id)


def take_up_mentions() -> None:
    """Hand out what is owed to other sites by now, and what of theirs is to be read again."""
    for owed_id in sending.take_up_due():
        tell_site.enqueue(owed_id=owed_id)
    for mention_id in receiving.take_up_due():
        check_site_mention.enqueue(mention_id=mention_id)


@far_task
@_or_let_be
def say_elsewhere(said_id: int) -> None:
    """Say, change or take back in another place what somebody here chose to say there too."""
    elsewhere.say_there(said_id)


@far_task
@_or_let_be
def look_elsewhere(said_id: int) -> None:
    """Fetch what was publicly answered there."""
    answers.look_there(said_id)


@far_task
def send_letters(letter_ids: list[int]) -> None:
    """Send letters to those who asked for them."""
    letters.send_letters(letter_ids)


@far_task
@_or_let_be
def ask_reader(token: str) -> None:
    """Ask whoever reads an address whether it was them who asked for letters."""
    letters.ask_whether_it_is_them(subscribers.reader_with(token))


def take_up_elsewhere() -> None:
    """Hand out what is owed to places elsewhere by now, letters, and where answers are to be looked for."""
    due_letters = letters.take_up_letters()
    if due_letters:
        send_letters.enqueue(letter_ids=due_letters)
    for said_id in elsewhere.take_up_due():
        say_elsewhere.enqueue(said_id=said_id)
    for said_id in answers.take_up_looks():
        look_elsewhere.enqueue(said_id=said_id)
