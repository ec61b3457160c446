"""Names of sites, as people type them. Pure."""

import re

LONGEST = 253
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
NUMBER = re.compile(r"[0-9]+", re.ASCII)


def read_site(text: str) -> str:
    """The domain of a site, in lower case and as it travels; empty where this names none.

    The address of a page there will do. One label alone, a number of a machine and a port name no site.
    """
    named = re.sub(r"^https?://", "", text.strip().lower()).partition("/")[0].removeprefix("*.").removesuffix(".")
    try:
        domain = named if named.isascii() else named.encode("idna").decode()
    except UnicodeError:
        return ""
    labels = domain.split(".")
    is_whole = len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels)
    return domain if is_whole and len(domain) <= LONGEST and not NUMBER.fullmatch(labels[-1]) else ""
