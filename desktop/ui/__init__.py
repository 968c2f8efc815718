"""Widgets and pages. Handed a session and words; never touches a database, a keyring or the network."""
