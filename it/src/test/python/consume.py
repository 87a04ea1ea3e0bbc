"""Prints explanations, as many as told: consume.py BROKERS REGISTRY SCHEMAS COUNT"""

# [consumer]
import sys
from pathlib import Path

from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

brokers, registry, schemas, count = sys.argv[1:]
consumer = Consumer(
    {
        "bootstrap.servers": brokers,
        "group.id": "printer",
        "auto.offset.reset": "earliest",
        "isolation.level": "read_committed",
    }
)
deserialize = AvroDeserializer(
    SchemaRegistryClient({"url": registry}),
    Path(schemas, "Explanation.avsc").read_text(),
)
consumer.subscribe(["explanations"])
seen = 0
while seen < int(count):
    record = consumer.poll(1)
    if record is None:
        continue
    if record.error():
        sys.exit(str(record.error()))
    explanation = deserialize(record.value(), SerializationContext("explanations", MessageField.VALUE))
    for explained in explanation["classes"]:
        cells = explained["map"]
        relevance = memoryview(cells["values"]).cast("b")  # signed bytes, times cells["scale"]
        row, column = divmod(max(range(len(relevance)), key=relevance.__getitem__), cells["width"])
        place = cells["transform"]
        x = place["scaleX"] * (column + 0.5) + place["offsetX"]
        y = place["scaleY"] * (row + 0.5) + place["offsetY"]
        print(f"{explanation['eventId']}: {explained['label']} because of pixel ({x:.0f}, {y:.0f})")
    seen += 1
consumer.close()
# [end]
