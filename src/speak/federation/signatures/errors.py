"""Why a signature does not count."""

from speak.kernel.errors import NotAllowed


class NotSigned(NotAllowed):
    """There is no signature at all."""


class BadSignature(NotAllowed):
    """There is one, but it does not hold, or does not cover what it must."""


class Stale(BadSignature):
    """It may have held once, or will one day."""
