"""The JSON-LD context of what we write. Other servers compare it more than they read it."""

import datetime as dt

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTIVITYSTREAMS = "https://www.w3.org/ns/activitystreams"

ACTOR_CONTEXT: list[object] = [
    ACTIVITYSTREAMS,
    "https://w3id.org/security/v1",
    "https://w3id.org/security/multikey/v1",
    {
        "toot": "http://joinmastodon.org/ns#",
        # "schema" is http://schema.org# for everybody on this network, wrong as it is.
        "schema": "http://schema.org#",
        "PropertyValue": "schema:PropertyValue",
        "value": "schema:value",
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
        "alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"},
        "movedTo": {"@id": "as:movedTo", "@type": "@id"},
        "attributionDomains": {"@id": "toot:attributionDomains", "@type": "@id"},
        "assertionMethod": {
            "@id": "https://w3id.org/security#assertionMethod",
            "@type": "@id",
            "@container": "@set",
        },
        "discoverable": "toot:discoverable",
        "indexable": "toot:indexable",
        "suspended": "toot:suspended",
        "featured": {"@id": "toot:featured", "@type": "@id"},
        "webfinger": {"@id": "https://purl.archive.org/socialweb/webfinger#webfinger"},
        "implements": {"@id": "https://w3id.org/fep/844e#implements", "@type": "@id"},
    },
]

POST_CONTEXT: list[object] = [
    ACTIVITYSTREAMS,
    {
        "Hashtag": "as:Hashtag",
        "sensitive": "as:sensitive",
        "toot": "http://joinmastodon.org/ns#",
        "blurhash": "toot:blurhash",
        "votersCount": "toot:votersCount",
        "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"},
        "gts": "https://gotosocial.org/ns#",
        "interactionPolicy": {"@id": "gts:interactionPolicy", "@type": "@id"},
        "canQuote": {"@id": "gts:canQuote", "@type": "@id"},
        "automaticApproval": {"@id": "gts:automaticApproval", "@type": "@id"},
        "manualApproval": {"@id": "gts:manualApproval", "@type": "@id"},
        "quote": {"@id": "https://w3id.org/fep/044f#quote", "@type": "@id"},
        "quoteAuthorization": {"@id": "https://w3id.org/fep/044f#quoteAuthorization", "@type": "@id"},
        # As others wrote a quote before there was an agreed way.
        "quoteUrl": {"@id": "as:quoteUrl", "@type": "@id"},
        "quoteUri": "http://fedibird.com/ns#quoteUri",
        "_misskey_quote": "https://misskey-hub.net/ns#_misskey_quote",
        # Ours: earlier wordings are to be forgotten, since somebody took words in them back.
        "forgetsEarlier": "urn:speak-for-yourself:forgetsEarlier",
    },
]

STAMP_CONTEXT: list[object] = [
    ACTIVITYSTREAMS,
    {
        "gts": "https://gotosocial.org/ns#",
        "QuoteAuthorization": "https://w3id.org/fep/044f#QuoteAuthorization",
        "interactingObject": {"@id": "gts:interactingObject", "@type": "@id"},
        "interactionTarget": {"@id": "gts:interactionTarget", "@type": "@id"},
    },
]

QUOTE_REQUEST = {"QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest"}


def at(moment: dt.datetime) -> str:
    """An instant as every peer reads it: UTC, whole seconds, Z."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
