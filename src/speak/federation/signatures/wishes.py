"""What another server would like signed (RFC 9421, 5.1): the Accept-Signature field of its refusal. Pure."""

import re
from dataclasses import dataclass

from speak.federation.signatures.fields import read_dictionary
from speak.federation.signatures.message import LONGEST_FIELD

MOST_COMPONENTS = 20
LONGEST_TEXT = 200
LONGEST_KEPT = 500
NAME = re.compile(r"@?[a-z0-9_-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which components, under which label; a nonce and a tag are given back as they came, empty where there is none."""

    label: str
    covered: tuple[str, ...]
    nonce: str = ""
    tag: str = ""


def read_wish(field: str) -> Wish | None:
    """The first wish that can be met, or nothing. Parameters of components are not understood here."""
    if not field or len(field) > LONGEST_FIELD:
        return None
    try:
        wishes = read_dictionary(field)
    except ValueError:
        return None
    for label, member in wishes.items():
        if not (isinstance(member, tuple) and isinstance(member[0], list)):
            continue
        items = member[0][:MOST_COMPONENTS]
        covered = tuple(item for item, parameters in items if type(item) is str and not parameters)
        if len(covered) == len(member[0]):
            return Wish(label, covered, _text(member[1].get("nonce")), _text(member[1].get("tag")))
    return None


def written_wish(wish: Wish) -> str:
    """A wish as a field again, to be kept: without its nonce, and empty where it is too long for that."""
    covered = " ".join(f'"{name}"' for name in wish.covered if NAME.fullmatch(name))
    field = f"{wish.label}=({covered})" + (f';tag="{wish.tag}"' if wish.tag else "")
    return field if len(field) <= LONGEST_KEPT else ""


def _text(value: object) -> str:
    is_usable = type(value) is str and value.isascii() and value.isprintable() and len(value) <= LONGEST_TEXT
    return str(value) if is_usable and '"' not in str(value) and "\\" not in str(value) else ""
