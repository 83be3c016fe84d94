"""One file, one release."""
