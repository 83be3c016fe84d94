"""One module per resource: what it asks the database, and the answer made of it."""
