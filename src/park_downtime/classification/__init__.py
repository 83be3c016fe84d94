"""What an entry of the feed is: overrides, then name and land rules; and the reference facts of parks."""
