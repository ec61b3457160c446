"""`verify_actor` on loopback, behind TLS: python server.py PORT CERTIFICATE KEY. Its keys stay where it runs."""

import sys

import uvicorn
from fediverse_pasture.verify_actor import build_app  # type: ignore[import-not-found]

port, certificate, key = sys.argv[1:]
app = build_app(only_generate_config=False, domain=f"localhost:{port}", https=True, timeout=20)
uvicorn.run(app, host="127.0.0.1", port=int(port), ssl_certfile=certificate, ssl_keyfile=key)
