"""Reads spreadsheets as tables of cells."""

import python_calamine

__all__ = ["python_calamine"]
