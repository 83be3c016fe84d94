"""What /api/health looks at, and what is made of it."""
