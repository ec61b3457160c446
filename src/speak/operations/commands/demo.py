"""`speak demo`: a server of invented people, made anew each time, that calls no other server."""

import os
import shutil
from pathlib import Path

import click

from speak.operations.commands.running import everything, watch
from speak.operations.commands.serving import A_PORT, port_beside, prepared, streaming_from

MARK = "invented"


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=A_PORT, help="The port to listen on.")
@click.option(
    "--data", default="data-of-the-demo", show_default=True, type=click.Path(path_type=Path), help="Its folder."
)
def demo(*, port: int, data: Path) -> None:
    """Make a small invented organisation, and start it, for this machine only. What was there before it is gone.

    Its folder is the one that --data names; no setting counts for it, SPEAK_DATA neither.
    """
    begin_anew(data)
    for name in [name for name in os.environ if name.startswith("SPEAK_")]:
        del os.environ[name]
    os.environ |= {
        "SPEAK_DATA": str(data),
        "SPEAK_URL": f"http://localhost:{port}",
        "SPEAK_DEMO": "yes",
        "SPEAK_NAME": "Waterworks of Lindenau",
    }
    streams_at = port_beside(port)
    streaming_from(streams_at)
    prepared("invent", quietly=False)
    watch(everything(port, streams_at))


def begin_anew(data: Path) -> None:
    """An empty folder with our mark in it; one that is not ours stays as it is.

    Raises:
        click.ClickException: something else lies there.
    """
    if data.exists() and any(data.iterdir()):
        if not (data / MARK).exists():
            raise click.ClickException(f"{data} holds something else.\nhint: choose another folder with --data.")
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True)
    (data / MARK).write_text("Made by “speak demo”, which throws it away the next time.\n", encoding="utf-8")
