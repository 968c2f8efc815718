"""Writes spreadsheets."""

import xlsxwriter

__all__ = ["xlsxwriter"]
