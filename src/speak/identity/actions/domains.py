"""Domains of people's own: brought, proven, lost, used in their address, given up."""

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from speak.identity import rules
from speak.identity.domains.evidence import Evidence
from speak.identity.domains.names import check_domain
from speak.identity.errors import DomainTaken, NoDomain
from speak.identity.events import DomainLost, DomainProven, ProfileChanged
from speak.identity.models import Actor, OwnDomain, Proof
from speak.kernel import clock
from speak.kernel.errors import NotAllowed
from speak.kernel.events import emit


@transaction.atomic
def bring_domain(actor: Actor, *, name: str) -> OwnDomain:
    """Say that a domain is one's own; it counts when a proof is found. An earlier one is given up.

    Raises:
        WrongDomain: it is none, or none that a person may bring.
    """
    wanted = check_domain(name, here=settings.SPEAK_DOMAIN)
    if not actor.is_local or actor.user_id is None:
        raise NotAllowed(_("Only people bring a domain."))
    known = OwnDomain.objects.filter(actor=actor).first()
    if known and known.name == wanted:
        return known
    if known:
        give_up_domain(actor)
    return OwnDomain.objects.create(actor=actor, name=wanted, token=secrets.token_hex(16), due_at=clock.now())


@transaction.atomic
def give_up_domain(actor: Actor) -> None:
    """It is one's own no longer, and nothing is served there; one's address is on this server again, followers stay."""
    OwnDomain.objects.filter(actor=actor).delete()
    _stand(actor, home="", handle="")


@transaction.atomic
def choose_handle_domain(actor: Actor, *, is_own: bool) -> Actor:
    """Have one's address on one's own domain, or on this server again. Others find one by either (docs/decisions/0101).

    Raises:
        NoDomain: it is not proven, or WebFinger at it does not lead here, so that nobody could find one by it.
    """
    owned = OwnDomain.objects.select_for_update().filter(actor=actor).exclude(proof="").first()
    if is_own and (owned is None or not owned.is_answering):
        raise NoDomain(_("Nobody would find you by that address yet."), hint=_("Let your domain lead here first."))
    if owned is not None:
        owned.wants_handle = is_own
        owned.save(update_fields=["wants_handle"])
    _stand(actor, handle=owned.name if owned and is_own else "")
    return actor


@transaction.atomic
def weigh_evidence(owned_id: int, *, evidence: Evidence) -> OwnDomain | None:
    """Take over what a domain says: it becomes theirs, stays so, or is lost after days. None where it was given up.

    Where somebody else here has it and can still prove it, it stays with them.
    """
    owned = OwnDomain.objects.select_for_update().select_related("actor").filter(pk=owned_id).first()
    if owned is None:
        return None
    actor, was_proven, now = owned.actor, owned.is_proven, clock.now()
    proof = evidence.proof_for(owned.token)
    if proof and not was_proven and not _is_passed_on(owned, proof, evidence):
        proof = Proof.NONE
    if proof:
        owned.proof, owned.proven_at, owned.lost_at = proof, owned.proven_at or now, None
    owned.is_answering = bool(proof) and evidence.names(actor)
    is_missing = was_proven and (not proof or (owned.wants_handle and not owned.is_answering))
    owned.missing_since = (owned.missing_since or now) if is_missing else None
    is_over = owned.missing_since is not None and rules.is_domain_lost(now - owned.missing_since)
    if is_over:
        _lose(owned, is_proven=bool(proof))
    _plan(owned)
    _save(owned)
    home = owned.name if owned.is_proven and evidence.leads_to(actor) else ""
    _stand(actor, home=home, handle=owned.name if owned.wants_handle else "")
    if is_over:
        emit(DomainLost(actor_id=actor.pk))
    elif proof and not was_proven:
        emit(DomainProven(actor_id=actor.pk))
    return owned


def _is_passed_on(owned: OwnDomain, proof: Proof, evidence: Evidence) -> bool:
    """Whoever has the domain so far loses it, unless they prove it as well at this moment."""
    held = OwnDomain.objects.select_for_update().select_related("actor").filter(name=owned.name).exclude(proof="")
    other = held.exclude(pk=owned.pk).first()
    if other is None:
        return True
    if not rules.domain_passes_on(holder=evidence.proof_for(other.token), other=proof):
        return False
    _lose(other, is_proven=False)
    other.due_at = None
    other.save()
    _stand(other.actor, home="", handle="")
    emit(DomainLost(actor_id=other.actor_id))
    return True


def _lose(owned: OwnDomain, *, is_proven: bool) -> None:
    """The address is on this server again; and the domain nobody's, where it is not even proven."""
    owned.wants_handle, owned.is_answering, owned.missing_since = False, False, None
    if not is_proven:
        owned.proof, owned.proven_at, owned.lost_at = Proof.NONE, None, clock.now()


def _plan(owned: OwnDomain) -> None:
    owned.checked_at = now = clock.now()
    after = rules.next_look_at_domain(
        is_proven=owned.is_proven, is_settled=owned.is_answering, waits_for=now - (owned.lost_at or owned.brought_at)
    )
    owned.due_at = now + after if after else None


def _save(owned: OwnDomain) -> None:
    try:
        with transaction.atomic():
            owned.save()
    except IntegrityError as error:  # somebody else was found to have it at the same moment
        raise DomainTaken(_("Somebody else here has “%(name)s”.") % {"name": owned.name}) from error


def _stand(actor: Actor, *, handle: str, home: str | None = None) -> None:
    """Where they are found and (unless `home` is None) read from now on; other servers are told of a change."""
    actor.refresh_from_db(fields=["home_domain", "handle_domain"])
    home = actor.home_domain if home is None else home
    if (actor.home_domain, actor.handle_domain) == (home, handle):
        return
    actor.home_domain, actor.handle_domain, actor.changed_at = home, handle, clock.now()
    actor.save(update_fields=["home_domain", "handle_domain", "changed_at"])
    emit(ProfileChanged(actor_id=actor.pk))
