"""The page of the owner's Nextcloud: sign in, check, make folders and tags."""
