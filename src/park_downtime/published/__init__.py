"""The open data set: what its tables hold, and how it describes itself to programs and people."""
