"""Tables, engine, migrations, and one module of queries per topic: SQL and nothing else."""
