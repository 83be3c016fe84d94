"""The schema's history. A revision changes one thing, because MySQL cannot roll back two."""
