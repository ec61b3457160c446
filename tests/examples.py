"""How many examples tests think up: `make test-long` asks for thousands."""

from hypothesis import settings

MANY = settings.default.max_examples if settings.default else 0
