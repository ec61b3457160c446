"""Timelines: order, windows, boosts, mutes, blocks, and everybody here."""
