"""A cycle stored: spool, lock, and parks, rides, lands and zones kept in step with the feed."""
