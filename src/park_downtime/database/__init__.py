"""Tables, engine, migrations, and one module of queries per topic; no SQL elsewhere."""
