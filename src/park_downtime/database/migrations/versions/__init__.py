"""One file, one change."""
