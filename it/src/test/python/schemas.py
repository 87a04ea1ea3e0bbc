"""Writes and reads a record with each schema by itself: schemas.py FILE..."""

import io
import json
import sys
from pathlib import Path

import fastavro
from fastavro.utils import generate_many

for file in sys.argv[1:]:
    schema = fastavro.parse_schema(json.loads(Path(file).read_text()), named_schemas={})
    for record in generate_many(schema, 5):
        stored = io.BytesIO()
        fastavro.schemaless_writer(stored, schema, record)
        stored.seek(0)
        fastavro.schemaless_reader(stored, schema, schema)
    print(schema["name"])
