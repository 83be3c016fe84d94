"""Period sums, rankings, a park's day: what the API and the terminal both show."""
