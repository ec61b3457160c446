"""Structured header fields (RFC 9651): dictionaries, read strictly."""

from typing import Any, TypeAlias, cast

import http_sf

Dictionary: TypeAlias = dict[str, Any]
"""Each member is `(value, parameters)`; the value of an inner list is a list of such pairs."""


def read_dictionary(field: str) -> Dictionary:
    """Take a field apart.

    Raises:
        ValueError: when it cannot be read, or says something twice: RFC 9651 would let the last one win,
            which may not be the one that another reader looked at.
    """
    said_twice: list[str] = []
    parsed = http_sf.parse(
        field.encode("ascii"), tltype="dictionary", on_duplicate_key=lambda key, _: said_twice.append(key)
    )
    if said_twice:
        raise ValueError(f"{said_twice[0]!r} is said twice")
    return cast("Dictionary", parsed)


def write_inner_list(member: Any) -> str:  # noqa: ANN401 - whatever was read
    """A member that is an inner list, in its one proper writing.

    Raises:
        ValueError: when it holds something that cannot be written.
    """
    return http_sf.ser([member])
