"""Pages for people: the dashboard and what is written on the server."""
