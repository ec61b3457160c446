"""Spark: reads our files where they lie, and so must see them at the same path."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult

from speak.mirror.engines.carrying import carried
from speak.mirror.engines.door import Row, library

# Spark that is started here: in one process, or as two workers beside it.
HERE = {"local": "local[*]", "local-cluster": "local-cluster[2,1,1024]"}


class Spark:
    """Spark: started here (`spark://local`, `spark://local-cluster`), on a cluster (`spark://host:7077`), or `sc://`."""

    def __init__(self, folder: Path, *, address: SplitResult) -> None:
        """`address` is what SPEAK_MIRROR_ENGINE holds."""
        self.folder = folder
        builder: Any = library("pyspark.sql", "pyspark").SparkSession.builder.appName("speak mirror")
        if address.scheme == "sc":
            builder = builder.remote(address.geturl())
        else:
            builder = builder.master(HERE.get(address.netloc, address.geturl()))
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.shuffle.partitions": "2",
        }
        for name, value in settings.items():
            builder = builder.config(name, value)
        self._door: Any = builder.getOrCreate()

    def read(self, name: str, parquet: Sequence[Path]) -> None:
        """As `Engine.read`."""
        self._door.read.parquet(*map(str, parquet)).createOrReplaceTempView(name)

    def make(self, name: str, query: str, *, is_kept: bool = True) -> None:
        """As `Engine.make`."""
        asked = self._door.sql(carried(query, "spark"))
        (asked.cache() if is_kept else asked).createOrReplaceTempView(name)

    def ask(self, query: str) -> list[Row]:
        """As `Engine.ask`."""
        return [tuple(row) for row in self._door.sql(carried(query, "spark")).collect()]

    def close(self) -> None:
        """End the session."""
        self._door.stop()
