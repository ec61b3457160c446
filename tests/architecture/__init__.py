"""The house itself: what may touch what, and whether the map still shows what is there."""
