"""Papers out of Guia: a finished text goes in, the bytes of a file come out. Reads no answers and writes no file."""
