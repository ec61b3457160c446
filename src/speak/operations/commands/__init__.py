"""The command line. Each command calls the same actions as the pages."""

from speak.operations.commands.main import main

__all__ = ["main"]
