"""What goes wrong in production, caused on purpose, and what the day's statistics look like afterwards."""
