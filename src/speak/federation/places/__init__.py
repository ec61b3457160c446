"""Other places of somebody's on the web, looked at: whether they point back at their home (rel=me)."""
