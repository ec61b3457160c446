"""What the operations share: headers, refusals, and the way to a token."""

from typing import Any

from speak.clients.scopes import SENTENCES

Parts = dict[str, Any]
WORDS = {
    "NoToken": "There is no token, it opens nothing any more, or it belongs to no person.",
    "NotAllowed": "The token does not reach that far, or this is not for whoever asks.",
    "NotFound": "There is nothing there, or nothing for whoever asks.",
    "NotUnderstood": "What was asked is not what this address takes (RFC 6749, 5.2).",
    "Declined": "It cannot be done with what was given, or as things are now.",
    "TooOften": "Asked too often; the sentence says when to ask again.",
}
CHALLENGED = ("NoToken", "NotAllowed")
SCHEMAS: dict[str, Parts] = {
    "Error": {
        "title": "Error",
        "description": "What happened, in a sentence for people, and what to do.",
        "type": "object",
        "properties": {"error": {"type": "string"}, "error_description": {"type": "string"}},
        "required": ["error"],
    },
    "Detailed": {
        "title": "Detailed",
        "description": "The same, and what is wrong with which parameter, where that is known.",
        "type": "object",
        "properties": {
            "error": {"type": "string"},
            "error_description": {"type": "string"},
            "details": {
                "type": "object",
                "additionalProperties": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"error": {"type": "string"}, "description": {"type": "string"}},
                        "required": ["error", "description"],
                    },
                },
            },
        },
        "required": ["error", "details"],
    },
}
HEADERS: dict[str, Parts] = {
    "X-RateLimit-Limit": {
        "description": "How many requests there may be in five minutes.",
        "required": True,
        "schema": {"type": "integer"},
    },
    "X-RateLimit-Remaining": {
        "description": "How many of them are left.",
        "required": True,
        "schema": {"type": "integer"},
    },
    "X-RateLimit-Reset": {
        "description": "When the count begins anew.",
        "required": True,
        "schema": {"type": "string", "format": "date-time"},
    },
    "Link": {
        "description": "Where the next and the previous page are (RFC 8288); not there where a list is empty.",
        "schema": {"type": "string"},
    },
    "WWW-Authenticate": {"description": "What is missing (RFC 6750, 3).", "schema": {"type": "string"}},
}


def responses() -> dict[str, Parts]:
    """The answers that decline."""
    return {name: _declined(name) for name in WORDS}


def security() -> dict[str, Parts]:
    """How an app comes to a token, and how far each scope reaches, in the words of the consent page."""
    scopes = {scope: str(words) for scope, words in SENTENCES.items()}
    return {
        "OAuth2": {
            "type": "oauth2",
            "description": "Proof keys are S256 alone (RFC 7636). A token is shown in the Authorization header.",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "/oauth/authorize",
                    "tokenUrl": "/oauth/token",
                    "scopes": scopes,
                },
                "clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes},
            },
        }
    }


def _declined(name: str) -> Parts:
    kind = "Detailed" if name == "Declined" else "Error"
    answer: Parts = {
        "description": WORDS[name],
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{kind}"}}},
    }
    if name in CHALLENGED:
        answer["headers"] = {"WWW-Authenticate": {"$ref": "#/components/headers/WWW-Authenticate"}}
    return answer
