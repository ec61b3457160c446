"""Speaking by other people's editors: W3C Micropub, https://www.w3.org/TR/micropub/, and its common extensions."""
