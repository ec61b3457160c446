"""What the mirror forgets when somebody leaves."""

from django.db import transaction

from speak.identity.events import PersonLeft
from speak.kernel.events import on
from speak.mirror.bringing import forget_everything_of


@on(PersonLeft)
def forget_archives(event: PersonLeft) -> None:
    """Archives that they brought go with them, reports and all, once it is certain that they leave."""
    transaction.on_commit(lambda: forget_everything_of(event.actor_id))
