"""The flows as a spreadsheet: written, read back by meaning, compared three ways."""
