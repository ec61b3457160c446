"""The one door to other servers, tried from both sides."""
