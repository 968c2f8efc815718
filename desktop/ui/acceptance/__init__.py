"""The page that judges the sample of a log: choose or drop the file, see what it says and lacks, keep the result."""
