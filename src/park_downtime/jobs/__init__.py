"""One file, one line of cron."""
