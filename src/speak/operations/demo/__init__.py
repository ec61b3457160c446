"""A small invented organisation, for whoever wants to see what this is: `speak demo`."""

from speak.operations.demo.filling import fill

__all__ = ["fill"]
