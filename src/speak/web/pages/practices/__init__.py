"""The pages of practices and programmes."""
