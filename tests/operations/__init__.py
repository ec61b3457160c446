"""Running it: the command line, the settings, the supervisor."""
