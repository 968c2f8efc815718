"""The only door to SQLite: the vault's store, its migrations and its backups.

Nothing is imported here, so that naming this package costs nothing before the first paint.
"""
