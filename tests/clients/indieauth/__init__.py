"""IndieAuth, section by section of https://indieauth.spec.indieweb.org/ (11 July 2024)."""
