"""Theme Park Downtime Tracker: when rides were down while their park was running."""

__version__ = "0.1.0"
