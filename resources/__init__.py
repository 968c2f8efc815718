"""What people write who do not program: topics, law, sectors, words, fonts. Read by importlib.resources; no code lives here."""
