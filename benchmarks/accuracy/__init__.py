"""How true the numbers are: against a simulated world, against a recording that knows, and in themselves."""
