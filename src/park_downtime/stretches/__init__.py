"""The archive of closed days: what the rides and the park said, without waits, kept for ever as files."""
