"""Why a signature is refused; each is answered with 401, in words for the other server."""

from speak.kernel.errors import NotAllowed


class NotSigned(NotAllowed):
    """There is no signature at all."""


class BadSignature(NotAllowed):
    """There is a signature, and it cannot be relied on."""


class Stale(BadSignature):
    """It was made too long ago, or in the future."""


class Mismatch(BadSignature):
    """It is well made, but not with this key over this message; the key may have been replaced."""
