"""Pages for whoever runs this server: about machines, never about people."""
