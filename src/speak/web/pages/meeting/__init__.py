"""Pages for a room that meets: the shared screen, the phones, the way in, and keeping what began there."""
