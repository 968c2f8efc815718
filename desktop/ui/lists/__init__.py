"""Answers from lists: a member list that is counted, rows that are pasted or come from a file."""
