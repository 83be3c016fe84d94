"""A park's history loaded, judged and saved: the one way of cycles, late readings, nights and replays."""
