"""The settings: how one appears, who may follow, what one is called, how one signs in."""
