"""Later work for identity: what has to be asked of the domains that people bring."""

import logging

from speak.identity.domains import checking
from speak.identity.models import OwnDomain
from speak.kernel.errors import Refusal
from speak.kernel.outbound import ask, texts_at
from speak.kernel.tasks import far_task

log = logging.getLogger(__name__)


@far_task
def look_at_domain(owned_id: int) -> None:
    """See whether a domain is still, or by now, somebody's."""
    owned = OwnDomain.objects.select_related("actor").filter(pk=owned_id).first()
    try:
        if owned is not None:
            checking.look(owned, ask=ask, look_up=texts_at)
    except Refusal as refusal:
        log.info("%s: %s", owned, refusal)


def take_up_domains() -> None:
    """Hand out the domains that are to be looked at by now."""
    for owned_id in checking.take_up_due():
        look_at_domain.enqueue(owned_id=owned_id)
