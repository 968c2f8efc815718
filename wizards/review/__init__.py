"""The quarterly walk and the comparison of two plans."""
