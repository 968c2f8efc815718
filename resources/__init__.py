"""What people write who do not program: topics, law, sectors, words, fonts. No code lives here."""
