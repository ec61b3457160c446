"""Later work for other people's apps: what has to be asked of, or sent to, whoever subscribed to a feed."""

from speak.clients.websub import distributing, subscribing
from speak.kernel.tasks import far_task


@far_task
def verify_subscription(subscription_id: int) -> None:
    """Ask whether a subscription is meant."""
    subscribing.verify(subscription_id)


@far_task
def send_feed(subscription_id: int) -> None:
    """Send a feed to one that subscribed to it."""
    distributing.send(subscription_id)


def take_up_feeds() -> None:
    """Hand out the feeds that are owed by now."""
    for subscription_id in distributing.take_up_due():
        send_feed.enqueue(subscription_id=subscription_id)
