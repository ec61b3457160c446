"""What is served, as OpenAPI 3.1 says it (spec.openapis.org/oas/v3.1.1), read from the endpoints."""

from speak.clients.openapi.document import document, served

__all__ = ["document", "served"]
