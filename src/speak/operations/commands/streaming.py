"""`speak stream`: what happens, told at once to the apps that listen."""

import os
from pathlib import Path

import click
import uvicorn

from speak.kernel import env
from speak.operations.commands.serving import A_FILE, A_PORT, address_from, prepared
from speak.operations.presence import be_here

SECONDS_BETWEEN_PINGS = 30.0
SECONDS_TO_END = 2
# What an app says is one line that names a stream.
MOST_BYTES = 4096


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=9000, show_default=True, type=A_PORT, help="The port to listen on.")
@click.option("--tls-cert", type=A_FILE, help="Certificate chain (PEM): the server speaks TLS itself.")
@click.option("--tls-key", type=A_FILE, help="The certificate's key (PEM).")
@click.option("--is-prepared", is_flag=True, hidden=True, help="The database has just been brought in order.")
def stream(*, host: str, port: int, tls_cert: Path | None, tls_key: Path | None, is_prepared: bool) -> None:
    """Tell apps what happens when it happens; SPEAK_STREAMING_URL tells them where."""
    address_from(port, tls_cert, tls_key)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")
    if not is_prepared:
        prepared("migrate", quietly=True)
    be_here(env.folder("SPEAK_DATA", default="data"))
    uvicorn.run(
        "speak.clients.streaming.app:app",
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_ping_interval=SECONDS_BETWEEN_PINGS,
        ws_max_size=MOST_BYTES,
        timeout_graceful_shutdown=SECONDS_TO_END,
        log_level="warning",
        access_log=False,
        server_header=False,
        ssl_certfile=tls_cert,
        ssl_keyfile=tls_key,
    )
