"""One writing for each JSON value (RFC 8785), so that it can be signed. Pure."""

import math

import msgspec

from speak.kernel.errors import Invalid

LARGEST_EXACT = 2**53
# ECMAScript writes a number out up to here, and with an exponent beyond (ECMA-262, Number::toString).
MOST_DIGITS, MOST_ZEROS = 21, 6


def canonical(value: object) -> bytes:
    """The bytes of a JSON value: members in the order of UTF-16, no spaces, numbers as ECMAScript writes them.

    Raises:
        Invalid: not JSON, or a text that is no Unicode.
    """
    try:
        return _written(value).encode()
    except UnicodeEncodeError as error:
        raise Invalid("A text in this document is not Unicode.") from error


def _written(value: object) -> str:
    if value is None or isinstance(value, bool | str):
        return msgspec.json.encode(value).decode()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list):
        return f"[{','.join(map(_written, value))}]"
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: str(member[0]).encode("utf-16-be"))
        return f"{{{','.join(f'{_written(str(name))}:{_written(item)}' for name, item in members)}}}"
    raise Invalid("This is not JSON.")


def _number(value: float) -> str:
    if isinstance(value, int) and abs(value) <= LARGEST_EXACT:
        return str(value)
    number = float(value)
    if not math.isfinite(number):
        raise Invalid("This is not a number that JSON has.")
    if number == 0:
        return "0"
    sign, digits, point = _taken_apart(number)
    if len(digits) <= point <= MOST_DIGITS:
        return f"{sign}{digits}{'0' * (point - len(digits))}"
    if 0 < point <= MOST_DIGITS:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -MOST_ZEROS < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    exponent = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return f"{sign}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}{exponent}"


def _taken_apart(number: float) -> tuple[str, str, int]:
    """Sign, the fewest digits that say the number, and where the point stands after them."""
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = f"{whole}{part}"
    point = len(whole) + int(exponent or 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return "-" if number < 0 else "", stripped.rstrip("0"), point
