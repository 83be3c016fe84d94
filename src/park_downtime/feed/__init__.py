"""What arrives: the client, the payload's shapes, payload to readings, recordings."""
