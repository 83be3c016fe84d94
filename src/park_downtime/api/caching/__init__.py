"""Answers made once for a version of the data, and handed out again."""
