"""The ways in which calling another server comes to nothing."""

import aiohttp

from speak.kernel.errors import Failure


class OutboundFailure(Failure):
    """Another server did not answer, or not in a way that may be used."""


class AddressRefused(OutboundFailure):
    """The address is not one this server goes to: private, malformed, or on an unusual port."""

    def __init__(self, sentence: str) -> None:
        """Permanent: trying again does not make it a better address."""
        super().__init__(sentence, permanent=True)


class BadRedirect(OutboundFailure):
    """It pointed on in a way that is not followed."""

    def __init__(self, sentence: str) -> None:
        """Permanent: it will point there again."""
        super().__init__(sentence, permanent=True)


class TooBig(OutboundFailure):
    """The answer is larger than what is read for this purpose."""

    def __init__(self, sentence: str) -> None:
        """Permanent: it will be as large again."""
        super().__init__(sentence, permanent=True)


class TimedOut(OutboundFailure):
    """The answer did not come in time."""


class Unreachable(OutboundFailure):
    """No connection: no such name, nobody listening, no trusted certificate, or it broke off."""


class Untrusted(Unreachable):
    """Somebody answered, with no certificate that says who they are."""


class Garbled(OutboundFailure):
    """It answered, but not in HTTP that can be read."""


class SocketRefused(OSError):
    """Told by the socket guard; an OSError, because that is what the layers between us pass on."""


def failure_from(error: Exception, *, what: str) -> OutboundFailure:
    """Translate what the HTTP library raises; `what` is e.g. "GET https://far.example/"."""
    if isinstance(error, TimeoutError):
        return TimedOut(f"{what}: timed out")
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, SocketRefused):
        return AddressRefused(f"{what}: {error.os_error}")
    if isinstance(error, aiohttp.ClientResponseError):
        return Garbled(f"{what}: {error.message}")
    if isinstance(error, aiohttp.ClientSSLError):
        return Untrusted(f"{what}: {error}")
    return Unreachable(f"{what}: {error}")
