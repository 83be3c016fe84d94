"""What closures add up to, as pure functions: days, roll-ups, period totals, scores, trends."""
