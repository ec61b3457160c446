"""Pictures: re-encoded without what they tell about their maker."""
