"""With what our own requests are signed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from speak.kernel.keys import PrivateKey, read_private

KEY_URI = re.compile(r"https?://[!#-\[\]-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, and the address at which others find its public half."""

    key_uri: str
    private_key: PrivateKey

    def __post_init__(self) -> None:
        """The address stands between quotation marks in every signature."""
        if not KEY_URI.fullmatch(self.key_uri):
            raise ValueError(f"{self.key_uri!r} cannot be the address of a key")

    @classmethod
    def from_pem(cls, key_uri: str, private_pem: str) -> Self:
        """From what is stored. Keys used lately are not taken apart again."""
        return cls(key_uri, read_private(private_pem))


def header(headers: Mapping[str, str], name: str) -> str:
    """A value by its lower-case name, in whatever case it is there; "" when it is not."""
    return next((value for key, value in headers.items() if key.lower() == name), "")
