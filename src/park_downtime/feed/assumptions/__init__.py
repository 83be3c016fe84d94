"""What we assume of the feed, one by one, each looked at in what the feed says now."""
