"""The schema's history: one revision a release, whose steps are skipped where they are done (steps.py)."""
