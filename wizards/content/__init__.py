"""The shapes of what people write in resources/, and the loader that checks them."""
