"""In which way each server wants requests signed, as far as it has said no to the usual one."""

from speak.federation.models import Server
from speak.federation.signatures import Scheme

OTHER = {Scheme.CAVAGE: Scheme.RFC9421, Scheme.RFC9421: Scheme.CAVAGE}


def scheme_of(host: str) -> Scheme:
    """What it took last; the older scheme where nothing is known."""
    found = Server.objects.filter(host=host).values_list("scheme", flat=True).first()
    return Scheme(found) if found else Scheme.CAVAGE


def remember_scheme(host: str, scheme: Scheme) -> None:
    """It took this one after it had refused the other."""
    Server.objects.update_or_create(host=host, defaults={"scheme": scheme.value})
