"""What comes along with activities about who follows whom (FEP-8fcf)."""

import datetime as dt

from django.core.cache import cache

from speak.federation import tasks
from speak.federation.synchronization import differs, read_claim
from speak.identity.models import Actor

# How long one actor's list is not asked for again.
REST = dt.timedelta(hours=1)


def compare_followers(sender: Actor, field: str) -> None:
    """Where they have other followers here than we know, their list is read later, at most once an hour."""
    claimed = read_claim(field) if field else None
    if claimed is None or not differs(sender, claimed):
        return
    if cache.add(f"followers:{sender.pk}", "asked", REST.total_seconds()):
        tasks.synchronize_followers.enqueue(actor_id=sender.pk, url=claimed.url)
