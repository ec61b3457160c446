"""Where measures are asked: one door, behind it DuckDB in this process, or an engine that already stands elsewhere."""

from speak.mirror.engines.door import Engine, EngineFailure, Row
from speak.mirror.engines.opening import opened

__all__ = ["Engine", "EngineFailure", "Row", "opened"]
