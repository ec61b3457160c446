"""When an answer points elsewhere: the next call, if it may be made. Pure."""

from dataclasses import replace
from urllib.parse import urljoin

from speak.kernel.outbound.calls import Answer, Call
from speak.kernel.outbound.failures import BadRedirect
from speak.kernel.outbound.targets import parse_target

SAME_METHOD = frozenset({307, 308})
REDIRECTS = SAME_METHOD | {301, 302, 303}
READING = frozenset({"GET", "HEAD"})
SECRET_HEADERS = frozenset({"authorization", "cookie"})


def is_redirect(answer: Answer) -> bool:
    """Whether the answer points elsewhere (RFC 9110, section 15.4)."""
    return answer.status in REDIRECTS and "location" in answer.headers


def next_call(call: Call, answer: Answer) -> Call:
    """The call that the redirect asks for.

    What writes goes on only within the same server, and only where the method stays (307, 308);
    nothing goes on from https to http; secrets stay with the server they are meant for.

    Raises:
        BadRedirect: if it asks for anything else.
        AddressRefused: if it points to something that is not a web address.
    """
    try:
        url = urljoin(answer.url, answer.headers["location"].strip())
    except ValueError as error:
        raise BadRedirect(f"{answer.url} points to something that is not an address") from error
    old, new = parse_target(answer.url), parse_target(url)
    if old.is_secure and not new.is_secure:
        raise BadRedirect(f"{answer.url} points from https to http")
    moves = old.server != new.server
    if call.method not in READING and (moves or answer.status not in SAME_METHOD):
        raise BadRedirect(f"{answer.url} answers {call.method} with {answer.status} to {new.server}")
    headers = call.headers
    if moves:
        headers = {name: value for name, value in headers.items() if name.lower() not in SECRET_HEADERS}
    return replace(call, url=url, headers=headers)
