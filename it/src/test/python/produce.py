"""Sends the event of a picture: produce.py BROKERS REGISTRY SCHEMAS ID PICTURE LABEL SCORE"""

# [producer]
import sys
import time
from pathlib import Path

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

brokers, registry, schemas, event_id, picture, label, score = sys.argv[1:]
producer = Producer({"bootstrap.servers": brokers, "message.max.bytes": 21_000_000})
serialize = AvroSerializer(
    SchemaRegistryClient({"url": registry}),
    Path(schemas, "PredictionEvent.avsc").read_text(),
    conf={"auto.register.schemas": False},
)


def report(error, record):
    if error:
        print(f"{record.key()} was not sent: {error}", file=sys.stderr)


event = {
    "id": event_id,
    "time": int(time.time() * 1000),  # milliseconds
    "source": "line-2",
    "model": {"name": "surface"},  # without a version: the newest
    "image": ("io.hedgerow.EncodedImage", {"data": Path(picture).read_bytes()}),
    "predictions": [{"label": label, "score": float(score)}],  # or classIndex, or both
    "attributes": {"shift": "night"},
}
value = serialize(event, SerializationContext("prediction-events", MessageField.VALUE))
producer.produce("prediction-events", key=event_id, value=value, on_delivery=report)
producer.flush()
# [end]
