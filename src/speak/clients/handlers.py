"""What apps that listen, and those who read feeds, are told of."""

from speak.clients.leaving import forget_apps_of
from speak.clients.push.sending import tell_devices
from speak.clients.streaming.news import News, tell
from speak.clients.websub.distributing import owe
from speak.identity.events import PersonLeft, Told
from speak.identity.models import Actor
from speak.kernel.events import on
from speak.voice.events import (
    BoostWithdrawn,
    FiltersChanged,
    PostBoosted,
    PostEdited,
    PostPublished,
    PostReceived,
    PostWithdrawn,
)
from speak.voice.queries import post_of_event


@on(PostPublished, PostReceived)
def tell_that_it_was_said(event: PostPublished | PostReceived) -> None:
    """Apps show it at the top of those timelines in which it stands."""
    tell(News("said", event.post_id))


@on(PostEdited)
def tell_that_it_was_edited(event: PostEdited) -> None:
    """Apps show it as it is worded now."""
    tell(News("edited", event.post_id))


@on(PostWithdrawn)
def tell_that_it_was_withdrawn(event: PostWithdrawn) -> None:
    """Apps show it no longer."""
    tell(News("withdrawn", event.post_id))


@on(PostBoosted)
def tell_that_it_was_passed_on(event: PostBoosted) -> None:
    """Apps show it, and who passed it on."""
    tell(News("passed_on", event.boost_id))


@on(BoostWithdrawn)
def tell_that_it_is_not_passed_on(event: BoostWithdrawn) -> None:
    """Apps show it no longer by way of whoever passed it on."""
    tell(News("passed_on_no_more", event.boost_id, event.actor_id))


@on(Told)
def tell_what_awaits_somebody(event: Told) -> None:
    """The apps of whoever is told show it at once."""
    tell(News("told", event.notification_id, event.recipient_id))


@on(Told)
def tell_their_devices(event: Told) -> None:
    """What awaits somebody is owed to each of their devices that wants it."""
    tell_devices(event.recipient_id, event.notification_id)


@on(FiltersChanged)
def tell_that_filters_changed(event: FiltersChanged) -> None:
    """The apps of whoever filters ask for their filters anew."""
    tell(News("filters_changed", 0, event.owner_id))


@on(PostPublished, PostEdited, PostWithdrawn)
def owe_feeds(event: PostPublished | PostEdited | PostWithdrawn) -> None:
    """Whoever subscribed to a feed that changes is owed it as it is then."""
    post = post_of_event(event.post_id)
    if post.is_local and post.is_open:
        owe(post)


@on(PersonLeft)
def forget_their_apps(event: PersonLeft) -> None:
    """Whoever left has no apps here, no devices and no file."""
    forget_apps_of(Actor.objects.get(pk=event.actor_id))
