"""What whoever runs this server may do about copies that do not arrive; nobody sees what they say."""

from django.db import transaction
from django.utils.translation import gettext as _

from speak.federation.delivery.servers import give_up_on
from speak.federation.models import Delivery, Server
from speak.kernel import clock
from speak.kernel.errors import NotFound

BY_OPERATOR = "given up by whoever runs this server"


@transaction.atomic
def try_again(host: str) -> int:
    """Send what a server is owed now, also what was given up; a server in doubt gets one copy first.

    Returns how many copies. Raises NotFound where it is owed nothing.
    """
    now = clock.now()
    Server.objects.filter(host=host).update(open_until=None, failing_days=0, failed_on=None)
    owed = Delivery.objects.filter(host=host)
    count = owed.filter(given_up_at=None).update(due_at=now)
    count += owed.exclude(given_up_at=None).update(given_up_at=None, due_at=now)
    return _at_least_one(host, count)


@transaction.atomic
def give_up(host: str) -> int:
    """Owe a server nothing more of what waits now. Returns how many copies; raises NotFound where there are none."""
    return _at_least_one(host, give_up_on(host, now=clock.now(), why=BY_OPERATOR))


def _at_least_one(host: str, count: int) -> int:
    if not count:
        raise NotFound(_("Nothing is owed to %(host)s.") % {"host": host})
    return count
