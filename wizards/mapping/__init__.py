"""Flows, places and transfer routes with their reasons."""
