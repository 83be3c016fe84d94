"""One file, one batch command: started by cron or by a person, ending by itself."""
