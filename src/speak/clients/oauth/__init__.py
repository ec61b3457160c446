"""How an app comes to a token: registration, consent, the exchange of a code (RFC 6749, 7636, 8414, 9207)."""
