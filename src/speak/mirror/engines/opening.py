"""The engine that a setting names."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from speak.kernel.errors import Invalid
from speak.mirror.engines.clickhouse import Chdb, ClickHouse
from speak.mirror.engines.duck import MEMORY_MB, Duck
from speak.mirror.engines.spark import Spark
from speak.mirror.engines.trino import Trino

AnyEngine = Duck | Spark | Chdb | ClickHouse | Trino
OTHERS: Mapping[str, Callable[[Path, SplitResult], AnyEngine]] = {
    "spark": lambda folder, address: Spark(folder, address=address),
    "sc": lambda folder, address: Spark(folder, address=address),
    "chdb": lambda folder, _address: Chdb(folder),
    "clickhouse": lambda folder, address: ClickHouse(folder, address=address),
    "trino": lambda folder, address: Trino(folder, address=address),
}


@contextlib.contextmanager
def opened(address: str = "", *, memory_mb: int = MEMORY_MB) -> Iterator[AnyEngine]:
    """The engine that SPEAK_MIRROR_ENGINE names, DuckDB where it names none; what it kept is gone afterwards.

    Raises:
        Invalid: the address names no engine that is known, or not where it stands.
        EngineFailure: it cannot be reached, does not let us in, or its library is not installed.
    """
    parts = _parts(address or "duckdb://")
    with tempfile.TemporaryDirectory(prefix="speak-mirror-") as folder:
        if parts.scheme == "duckdb":
            engine: AnyEngine = Duck(Path(folder), memory_mb=memory_mb)
        else:
            engine = OTHERS[parts.scheme](Path(folder), parts)
        with contextlib.closing(engine):
            yield engine


def _parts(address: str) -> SplitResult:
    """What stands between its slashes. Of an address that is none, its first word is repeated, and no password."""
    scheme, there, _rest = address.partition("://")
    if there and scheme in {"duckdb", *OTHERS}:
        try:
            return urlsplit(address)
        except ValueError:
            return urlsplit(f"{scheme}://")
    raise Invalid(
        _("There is no way to an engine called %(name)s.") % {"name": scheme if there and scheme.isalnum() else "…"},
        hint=_("SPEAK_MIRROR_ENGINE may begin with %(schemes)s.")
        % {"schemes": ", ".join(f"{known}://" for known in ("duckdb", *OTHERS))},
    )
