"""What the readings mean, as pure functions: runs, running, status now."""
