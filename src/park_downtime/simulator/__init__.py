"""A simulated feed: the parks of North America over real HTTP, with a truth to measure against."""
