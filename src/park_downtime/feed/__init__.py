"""What arrives: the client, the payload's shapes, payload to readings, the simulated feed."""
