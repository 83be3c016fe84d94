"""The embedded run: web server, scheduler, collector."""
