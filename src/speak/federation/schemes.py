"""In which way each server wants requests signed, as far as it has said no to the usual one."""

from speak.federation.models import Server
from speak.federation.signatures import Way, way_kept


def way_to(host: str) -> Way:
    """What it took last; the older scheme where nothing is known."""
    found = Server.objects.filter(host=host).values_list("scheme", "wish").first()
    return way_kept(*found) if found else Way()


def remember_way(host: str, way: Way) -> None:
    """It took this one after it had refused the other."""
    scheme, wish = way.kept
    Server.objects.update_or_create(host=host, defaults={"scheme": scheme, "wish": wish})
