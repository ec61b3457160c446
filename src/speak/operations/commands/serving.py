"""`speak serve`: the web."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
from granian import Granian
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels

from speak.kernel import env

MOST = 65535
A_PORT = click.IntRange(1, MOST)
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=A_PORT, help="The port to listen on.")
@click.option("--tls-cert", type=A_FILE, help="Certificate chain (PEM): the server speaks TLS itself.")
@click.option("--tls-key", type=A_FILE, help="The certificate's key (PEM).")
@click.option("--is-prepared", is_flag=True, hidden=True, help="The database has just been brought in order.")
def serve(*, host: str, port: int, tls_cert: Path | None, tls_key: Path | None, is_prepared: bool) -> None:
    """Answer requests: pages, apps and other servers."""
    address_from(port, tls_cert, tls_key)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")
    if not is_prepared:
        prepared("migrate", quietly=True)
    Granian(
        "speak.operations.wsgi:front",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        backpressure=512,
        log_level=LogLevels.error,
        ssl_cert=tls_cert,
        ssl_key=tls_key,
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


def address_from(port: int, tls_cert: Path | None, tls_key: Path | None) -> None:
    """Where nothing says what the public address is, it is this machine's with the port of the command line."""
    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError("--tls-cert and --tls-key belong together.")
    if not env.text("SPEAK_URL"):
        os.environ["SPEAK_URL"] = f"http{'s' if tls_cert else ''}://localhost:{port}"


def port_beside(port: int) -> int:
    """The port for apps that listen, where none was chosen."""
    return port + 1000 if port + 1000 <= MOST else port - 1000


def streaming_from(port: int) -> None:
    """Where nothing says where apps listen, it is the same machine by another port; behind a proxy only it knows."""
    if not env.text("SPEAK_STREAMING_URL") and not env.flag("SPEAK_BEHIND_PROXY", default=False):
        here = urlsplit(env.text("SPEAK_URL"))
        scheme = "wss" if here.scheme == "https" else "ws"
        os.environ["SPEAK_STREAMING_URL"] = f"{scheme}://{here.hostname}:{port}"


def prepared(command: str, *, quietly: bool) -> None:
    """Run a short command of ours in a process of its own, so that this one stays small.

    It also checks the settings: where it fails, this ends too, since it has said why.
    """
    out = subprocess.DEVNULL if quietly else None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with subprocess.Popen([sys.executable, "-m", "speak", command], stdout=out) as child:  # noqa: S603 - our own
        try:
            code = child.wait()
        finally:
            child.terminate()  # whoever ends this one, ends what it had begun
    if code:
        raise SystemExit(code)
