"""In which way a server wants requests signed: the scheme, and what it wishes to be covered. Pure."""

from dataclasses import dataclass

from speak.federation.signatures.claims import Scheme
from speak.federation.signatures.wishes import Wish, read_wish, written_wish

OTHER = {Scheme.CAVAGE: Scheme.RFC9421, Scheme.RFC9421: Scheme.CAVAGE}


@dataclass(frozen=True, slots=True)
class Way:
    """The older scheme where nothing is known; a wish goes with RFC 9421 only."""

    scheme: Scheme = Scheme.CAVAGE
    wish: Wish | None = None

    @property
    def kept(self) -> tuple[str, str]:
        """What is kept of it with a server: the scheme, and the wish as a field. A nonce counts once, and is not."""
        return self.scheme.value, written_wish(self.wish) if self.wish else ""


def way_kept(scheme: str, wish: str) -> Way:
    """The way that was kept so."""
    return Way(Scheme(scheme), read_wish(wish))


def way_after(refused: Way, field: str) -> Way:
    """What to try after a refusal with this Accept-Signature field: what it wishes, else the other scheme."""
    wish = read_wish(field)
    wished = Way(Scheme.RFC9421, wish)
    if wish is not None and wished != refused:
        return wished
    return Way(OTHER[refused.scheme])
