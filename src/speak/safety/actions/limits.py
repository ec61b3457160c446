"""Setting and lifting limits. They decide who is heard; they never change or delete anybody's words (promise 1)."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import Limits, limit_actor
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.safety import queries, rules
from speak.safety.errors import NothingSaid, NotThere, NotYours, TooLong, WrongLimit
from speak.safety.events import LimitLifted, LimitSet
from speak.safety.models import Limit, LimitKind

MAX_REASON = 1000


@dataclass(frozen=True, slots=True)
class LimitWords:
    """What a limit does, what those read whom it is about, and when it ends; never, where `until` is empty."""

    kind: LimitKind
    reason: str
    until: dt.datetime | None = None


@transaction.atomic
def set_limit(by: Actor | None, *, about: Actor | str, words: LimitWords) -> Limit:
    """Decide on a limit for an actor, or for a whole other server by its domain. No `by` means by command.

    Raises:
        NotYours: neither hears reports nor runs this server; or about themselves.
        NothingSaid, TooLong, WrongLimit: no reason, one too long; not a domain, this server's own, or over already.
    """
    actor, domain = (about, "") if isinstance(about, Actor) else (None, _checked_domain(about))
    _check_may_limit(by, actor)
    reason = words.reason.strip()
    if not reason:
        raise NothingSaid(_("Say why. Whoever it is about reads it, too, if their home is here."))
    if len(reason) > MAX_REASON:
        raise TooLong(
            ngettext(
                "The reason holds up to %(most)d character.", "The reason holds up to %(most)d characters.", MAX_REASON
            )
            % {"most": MAX_REASON}
        )
    if words.until is not None and words.until <= clock.now():
        raise WrongLimit(_("That time is over already."))
    if actor is not None and actor.is_local and actor.user_id is None:
        raise WrongLimit(_("%(name)s is this server itself.") % {"name": actor.called})
    limit = Limit.objects.create(
        actor=actor, domain=domain, kind=words.kind, reason=reason, decided_by=by, until=words.until
    )
    _apply(limit)
    emit(LimitSet(limit_id=limit.pk))
    return limit


@transaction.atomic
def lift_limit(by: Actor | None, *, limit_id: int) -> None:
    """End a limit before its time.

    Raises:
        NotYours: as `set_limit`. NotThere: it does not hold any more.
    """
    limit = queries.live_limits().select_for_update(of=("self",)).select_related("actor").filter(pk=limit_id).first()
    if limit is None:
        raise NotThere(_("That limit does not hold any more."))
    _check_may_limit(by, limit.actor)
    _end(limit, by=by)


def end_limits_that_are_over() -> int:
    """Let those go whose time is over; for the worker. Returns how many."""
    over = Limit.objects.filter(lifted_at=None, until__lte=clock.now()).select_related("actor")
    for limit in over:
        with transaction.atomic():
            _end(limit, by=None)
    return len(over)


def put_under_limits(actor: Actor, *, limits: set[str] | None = None) -> None:
    """Make an actor's own row say what holds for them now; for actors who have just become known, too."""
    kinds = queries.limits_of(actor, hosts=_hosts_of(actor)) if limits is None else limits
    limit_actor(
        actor,
        limits=Limits(
            is_suspended=LimitKind.SUSPENDED in kinds,
            is_silenced=LimitKind.SILENCED in kinds,
            hides_media=LimitKind.NO_MEDIA in kinds,
        ),
    )


def _end(limit: Limit, *, by: Actor | None) -> None:
    limit.lifted_at, limit.lifted_by = clock.now(), by
    limit.save(update_fields=["lifted_at", "lifted_by"])
    _apply(limit)
    emit(LimitLifted(limit_id=limit.pk))


def _apply(limit: Limit) -> None:
    for actor in [limit.actor] if limit.actor is not None else _actors_on(limit.domain):
        put_under_limits(actor)


def _actors_on(domain: str) -> QuerySet[Actor]:
    """Everybody known whose address or id is on a server, or on one below its name."""
    is_there = Q(domain=domain) | Q(domain__endswith=f".{domain}")
    for scheme in ("https://", "http://"):
        is_there |= Q(uri__startswith=f"{scheme}{domain}/")
    return Actor.objects.exclude(domain="").filter(is_there)


def _hosts_of(actor: Actor) -> tuple[str, ...]:
    return tuple(urlsplit(url).netloc.lower() for url in (actor.uri, actor.inbox_url) if url)


def _checked_domain(text: str) -> str:
    domain = rules.read_domain(text)
    if not domain:
        raise WrongLimit(
            _("“%(text)s” is not a server.") % {"text": text.strip()[:100]}, hint=_("One looks like server.example.")
        )
    if domain in {settings.SPEAK_DOMAIN, urlsplit(settings.SPEAK_URL).netloc.lower()}:
        raise WrongLimit(_("That is this server itself."))
    return domain


def _check_may_limit(by: Actor | None, about: Actor | None) -> None:
    if by is None:
        return
    may = rules.may_limit(
        hears_reports=queries.hears_reports(by),
        runs_this_server=by.runs_this_server,
        is_about_self=about is not None and about.pk == by.pk,
    )
    if not may:
        raise NotYours(_("Limits are decided by those who hear reports or run this server, and never for oneself."))
