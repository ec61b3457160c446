"""A copy of all that a server holds, and the way back from it."""

from speak.operations.copies.putting_back import put_back
from speak.operations.copies.taking import take_copy

__all__ = ["put_back", "take_copy"]
