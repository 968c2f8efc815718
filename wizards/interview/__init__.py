"""Answers, conditions over them, named facts, and the walk: what is asked next."""
