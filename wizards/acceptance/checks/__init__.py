"""The checks of a sample. Each takes the sample and what is known around it, and gives one finding.

A check is a function in one of these files and an entry of the same id in `resources/acceptance/checks.toml`.
"""
