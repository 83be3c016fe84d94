"""Settings, the log, metrics: how a process is set up."""
