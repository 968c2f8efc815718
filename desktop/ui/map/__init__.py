"""The map in the window: painting a picture of `wizards.mapping`, and the page that shows it."""
