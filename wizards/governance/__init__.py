"""Tiers and where each of them lives."""
