"""Reads settings from the environment, once, with their types.

Every reader raises `WrongSetting` with the variable's name, what was found and what is
expected, so that the program refuses to start instead of running with a guess.
"""

import ipaddress
import os
import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from speak.kernel import zones

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
# What stands between "name:" and the last "@" of an address.
PASSWORD = re.compile(r"(://[^:@/]*:).*@")


class WrongSetting(ValueError):
    """A variable holds something that cannot be used."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        """Name the variable, what it held and what it should hold."""
        super().__init__(f"{name} is {found!r}.\nhint: it should be {expected}.")


def text(name: str, *, default: str = "") -> str:
    """The variable, or the first line of the file that NAME_FILE points at."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE", file, f"a readable file ({error.strerror})") from error
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Yes or no."""
    found = text(name).lower()
    if not found:
        return default
    if found in TRUE:
        return True
    if found in FALSE:
        return False
    raise WrongSetting(name, found, "yes or no")


def choice(name: str, *, default: str, among: tuple[str, ...]) -> str:
    """One of a few words, in any case; returned as `among` writes it."""
    found = text(name, default=default).upper()
    if found in among:
        return found
    raise WrongSetting(name, found, f"one of {', '.join(among)}")


def number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number within bounds."""
    found = text(name)
    if not found:
        return default
    if found.isascii() and found.isdigit() and least <= int(found) <= most:
        return int(found)
    raise WrongSetting(name, found, f"a whole number from {least} to {most}")


def url(name: str, *, default: str = "", schemes: tuple[str, ...] = ("http", "https"), example: str = "") -> str:
    """An address without path, query or fragment, e.g. https://speak.example; empty where it may be left out and is."""
    found = text(name, default=default).rstrip("/")
    if not found and not default:
        return ""
    try:
        parts = urlsplit(found)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in schemes or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise WrongSetting(name, found, f"an address such as {default or example}, without a path")
    if parts.username or parts.password:
        raise WrongSetting(name, found, "an address without a name or password in it")
    return found


def service(name: str, *, schemes: tuple[str, ...], example: str) -> SplitResult | None:
    """The address of a service this one uses, perhaps with a name and password; nothing where it is not set.

    It needs a path where the example has one. What is said of a wrong one leaves the password out: it ends in logs.
    """
    found = text(name)
    if not found:
        return None
    try:
        parts = urlsplit(found)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in schemes or bool(parts.path.strip("/")) < bool(urlsplit(example).path):
        raise WrongSetting(name, PASSWORD.sub(r"\1…@", found), f"an address such as {example}")
    return parts


def networks(name: str) -> tuple[Network, ...]:
    """Address ranges in CIDR form, separated by commas."""
    found = text(name)
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in found.split(",") if part.strip())
    except ValueError as error:
        raise WrongSetting(name, found, "address ranges such as 127.0.0.0/8,10.0.0.0/8") from error


def zone(name: str, *, default: str) -> str:
    """The name of a time zone, such as Europe/Berlin."""
    found = text(name, default=default)
    if zones.named(found) is None:
        raise WrongSetting(name, found, "the name of a time zone, such as Europe/Berlin")
    return found


def folder(name: str, *, default: str) -> Path:
    """A folder, made if it is missing."""
    path = Path(text(name, default=default)).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(name, str(path), f"a folder that can be made and written ({error.strerror})") from error
    if not os.access(path, os.W_OK):
        raise WrongSetting(name, str(path), "a folder this program may write to")
    return path
