"""Running it: settings, addresses, commands, health."""
