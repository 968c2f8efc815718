"""The sections of the plan paper, each a function from a case to blocks. Nothing here draws, reads or writes."""
