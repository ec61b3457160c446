"""The mirror's pages: one's own, a room's, archives from elsewhere, and whether one is counted."""
