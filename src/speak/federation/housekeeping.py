"""Forgetting what need not be remembered any longer."""

import datetime as dt

from speak.federation.elsewhere.subscribers import forget_unconfirmed
from speak.federation.models import RECEIVED_LIFE, TOMBSTONE_LIFE, Activity, Delivery, Received, Tombstone
from speak.identity.models import Key
from speak.kernel import clock

ACTIVITY_LIFE = dt.timedelta(days=30)
# Longer than copies are tried for: these wait for a server that is left alone.
OWED_LIFE = dt.timedelta(days=10)
GIVEN_UP_LIFE = dt.timedelta(days=30)


def forget_what_is_old() -> None:
    """Activities nobody is owed any more, copies given up long ago, what guards against repeats.

    Keys of those who left go once every server that answers has been told.
    """
    now = clock.now()
    owed = Delivery.objects.filter(given_up_at=None, activity__created_at__lt=now - OWED_LIFE)
    owed.update(given_up_at=now, last_failure="its server has not answered for too long")
    Delivery.objects.filter(given_up_at__lt=now - GIVEN_UP_LIFE).delete()
    Activity.objects.filter(created_at__lt=now - ACTIVITY_LIFE, deliveries=None).delete()
    Received.objects.filter(received_at__lt=now - RECEIVED_LIFE).delete()
    forget_unconfirmed()
    owing = Activity.objects.exclude(deliveries=None).filter(actor__domain="").exclude(actor__gone_at=None)
    still = owing.filter(deliveries__given_up_at=None).values("actor")
    Key.objects.filter(actor__domain="").exclude(actor__gone_at=None).exclude(actor__in=still).delete()
    Tombstone.objects.filter(withdrawn_at__lt=now - TOMBSTONE_LIFE).delete()
