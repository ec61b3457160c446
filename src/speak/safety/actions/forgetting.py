"""Forgetting the words in reports: nobody keeps what others said longer than a decision needs."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from speak.kernel import clock
from speak.safety import rules
from speak.safety.models import HandedOver, Report


def forget_old_reports() -> int:
    """Delete the words in reports whose time is over; that there was one, and what was decided, stays."""
    now = clock.now()
    is_old = Q(decided_at__lte=now - rules.KEPT_AFTER_DECISION) | Q(created_at__lte=now - rules.KEPT_AT_MOST)
    return forget_words(Report.objects.filter(is_old, forgotten_at=None).values_list("pk", flat=True))


@transaction.atomic
def forget_words(report_ids: Iterable[int]) -> int:
    """Delete a report's words and all that was handed over with it; returns how many reports."""
    ids = list(report_ids)
    HandedOver.objects.filter(report__in=ids).delete()
    return Report.objects.filter(pk__in=ids).update(words="", forgotten_at=clock.now())
