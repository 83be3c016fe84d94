"""The commands of `park-downtime`, one file each; thin, they say what they did."""
