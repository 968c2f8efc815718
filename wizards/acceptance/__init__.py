"""The acceptance test of a log that somebody hands over: what its lines say, and what is missing. Pure: bytes in."""
