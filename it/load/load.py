"""Sends a classifier's events through `hedgerow run`, kills it twice, and checks what came of each; see it/README.md."""

import argparse
import collections
import hashlib
import io
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import fastavro
import keras
import numpy as np
import tensorflow as tf
from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

EVENTS, EXPLANATIONS, LETTERS = "prediction-events", "explanations", "explanations-dlq"
SIDE = 64
UNKNOWN = 25  # every so manieth event names a model that nobody has
PICTURES = 40
MB = 1 << 20
LARGEST = 20 * MB - 64 * 1024  # what an event has beside its picture is to fit, too
MIXER = np.random.default_rng(7)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bootstrap", required=True, help="brokers, as host:port")
    parser.add_argument("--registry", required=True, help="schema registry's URL")
    parser.add_argument("--hedgerow", required=True, help="the program: bin/hedgerow of a distribution")
    parser.add_argument("--schemas", default=Path(__file__).parents[2] / "schemas/published", type=Path)
    parser.add_argument("--work", required=True, type=Path, help="an empty folder, which is kept")
    parser.add_argument("--events", default=3000, type=int)
    parser.add_argument("--partitions", default=4, type=int)
    return parser.parse_args()


def photograph(width, height):
    """Smooth at every scale, with more of the large ones, and a sensor's noise: as photographs are, of nothing."""
    picture = np.zeros((height, width, 3), np.float32)
    cells = 3
    while cells < min(width, height) / 2:
        coarse = MIXER.standard_normal((1, cells, cells, 3)).astype(np.float32)
        picture += tf.image.resize(coarse, (height, width), method="bicubic")[0].numpy() * 90 / cells**0.7
        cells *= 2
    picture += MIXER.standard_normal(picture.shape).astype(np.float32) * 4 + 128
    return np.clip(picture, 0, 255).astype(np.uint8)


def encoded(picture, quality):
    return tf.io.encode_jpeg(picture, quality=quality, chroma_downsampling=quality < 95).numpy()


def pictures():
    """JPEG files from a few KB to just under 20 MB, most of them as long as those of telephones and web sites."""
    files = []
    for number in range(PICTURES):
        width, height = ((320, 240), (640, 480), (1024, 768), (1600, 1200))[number % 4]
        files.append(encoded(photograph(width, height), (60, 75, 85, 95)[number // 4 % 4]))
    for wanted in (5 * MB, LARGEST):
        side = 1000
        best = b""
        while True:
            noise = MIXER.integers(0, 256, (side, side, 3)).astype(np.float32)
            data = encoded((noise * 0.7 + photograph(side, side) * 0.3).astype(np.uint8), 100)
            if len(data) > wanted:
                break
            best = data
            side = int(side * max(1.02, (0.97 * wanted / len(data)) ** 0.5))
        files.append(best)
    return files


def classifier(folder):
    """A small network with random weights, whose scores depend on all of the picture; its service decodes as TensorFlow does."""
    keras.utils.set_random_seed(3)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            layers.Rescaling(1 / 127.5, offset=-1),
            layers.Conv2D(8, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(16, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(4, activation="softmax"),
        ]
    )
    model.export(folder, verbose=False)
    (folder / "model.yaml").write_text("name: load\nlabels: [a, b, c, d]\ninput: {decoder: tensorflow}\n")
    return model


def classified(model, data):
    picture = tf.image.resize(tf.io.decode_jpeg(data, channels=3), (SIDE, SIDE))
    scores = model(picture[None]).numpy()[0]
    top = int(scores.argmax())
    return {"classIndex": top, "score": float(scores[top])}


class Service:
    """`hedgerow run`, started as often as it is killed."""

    def __init__(self, program, config, log):
        self.command = [program, "run", "--config", str(config)]
        self.log = log.open("ab")
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()


def ask(program, *words):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True)
    print(f"hedgerow {' '.join(map(str, words[:2]))}: {done.returncode}", done.stdout.strip(), done.stderr.strip(), sep="\n")
    return done.returncode


def require(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


def produce(options, model, files):
    """Sends the events, in turn to the partitions; gives each one's number by id and the digest of its value."""
    producer = Producer(
        {
            "bootstrap.servers": options.bootstrap,
            "message.max.bytes": 21_000_000,
            "enable.idempotence": True,
            "queue.buffering.max.kbytes": 200_000,
        }
    )
    serialize = AvroSerializer(
        SchemaRegistryClient({"url": options.registry}),
        (options.schemas / "PredictionEvent.avsc").read_text(),
        conf={"auto.register.schemas": False},
    )
    predictions = [classified(model, data) for data in files]
    sent, failed = {}, []
    large = len(files) - 1
    for number in range(options.events):
        # The largest are few: they are to pass, not to be all there is.
        choice = large - (number // 50 + 1) % 2 if number % 50 == 49 else number % (large - 1)
        # Now and then one of the largest names no model, for it is dead letters that must take it whole.
        unknown = number % UNKNOWN == UNKNOWN - 1 and (number % 50 != 49 or number % 200 == 199)
        event = {
            "id": f"event-{number}",
            "time": int(time.time() * 1000),
            "source": "load",
            "model": {"name": "nobody" if unknown else "load"},
            "image": ("io.hedgerow.EncodedImage", {"data": files[choice]}),
            "predictions": [predictions[choice]],
        }
        value = serialize(event, SerializationContext(EVENTS, MessageField.VALUE))
        sent[event["id"]] = (number, unknown, hashlib.sha256(value).digest())
        while True:
            try:
                producer.produce(
                    EVENTS,
                    key=event["id"],
                    value=value,
                    partition=number % options.partitions,
                    on_delivery=lambda error, _: failed.append(error) if error else None,
                )
                break
            except BufferError:
                producer.poll(0.5)
        producer.poll(0)
    producer.flush()
    require(not failed, f"{len(failed)} events could not be sent: {failed[:1]}")
    return sent


class Outcomes:
    """What committed explanations and dead letters say, read with fastavro alone."""

    def __init__(self, options):
        self.registry = SchemaRegistryClient({"url": options.registry})
        self.schemas = {}
        self.order = collections.defaultdict(list)
        self.counts = collections.Counter()
        self.letters = {}
        self.consumer = Consumer(
            {
                "bootstrap.servers": options.bootstrap,
                "group.id": "load-reader",
                "isolation.level": "read_committed",
                "auto.offset.reset": "earliest",
                "fetch.message.max.bytes": 25_000_000,
            }
        )
        self.consumer.assign(
            [TopicPartition(topic, p, 0) for topic in (EXPLANATIONS, LETTERS) for p in range(options.partitions)]
        )

    def read(self):
        for record in self.consumer.consume(500, 1):
            require(not record.error(), record.error())
            event_id = record.key().decode()
            if record.topic() == EXPLANATIONS:
                require(self.decoded(record.value())["eventId"] == event_id, f"{event_id} has another's explanation")
            else:
                self.letters[event_id] = hashlib.sha256(record.value()).digest()
            self.counts[event_id] += 1
            self.order[record.topic(), record.partition()].append(int(event_id.split("-")[1]))

    def decoded(self, value):
        """Confluent's framing: a zero, the schema's id, the record."""
        key = int.from_bytes(value[1:5], "big")
        if key not in self.schemas:
            self.schemas[key] = fastavro.parse_schema(json.loads(self.registry.get_schema(key).schema_str))
        return fastavro.schemaless_reader(io.BytesIO(value[5:]), self.schemas[key])


def main():
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    model = classifier(options.work / "model")
    files = pictures()
    print("pictures of", ", ".join(f"{len(data) / 1024:.0f} KB" for data in sorted(files, key=len)[:: PICTURES // 4 + 1]))
    print(f"the largest has {len(max(files, key=len)) / MB:.1f} MB")
    key = options.work / "audit.key"
    config = options.work / "hedgerow.yaml"
    config.write_text(
        f"""kafka:
  bootstrap.servers: {options.bootstrap}
  application.id: load
  state.dir: {options.work / "state"}
registry:
  schema.registry.url: {options.registry}
models:
  - name: load
    path: {options.work / "model"}
audit.key-file: {key}
http.port: 0
"""
    )
    require(ask(options.hedgerow, "audit", "keygen", "--out", key) == 0, "no key")
    created = ask(options.hedgerow, "topics", "create", "--config", config, "--partitions", options.partitions)
    require(created == 0, "the topics could not be made")
    require(ask(options.hedgerow, "schemas", "register", "--config", config) == 0, "the schemas could not be registered")
    sent = produce(options, model, files)
    outcomes = Outcomes(options)
    service = Service(options.hedgerow, config, options.work / "run.log")
    kills = [options.events * share // 100 for share in (random.randint(15, 40), random.randint(50, 80))]
    last = time.time()
    try:
        while len(outcomes.counts) < options.events:
            before = len(outcomes.counts)
            outcomes.read()
            last = time.time() if len(outcomes.counts) > before else last
            require(service.process.poll() is None, f"the service ended; {options.work / 'run.log'} says why")
            require(time.time() - last < 600, f"nothing came for ten minutes after {before} events")
            if kills and len(outcomes.counts) >= kills[0]:
                print(f"kill -9 after {len(outcomes.counts)} outcomes of {options.events}")
                kills.pop(0)
                service.kill()
                service.start()
        for _ in range(5):
            outcomes.read()
    finally:
        service.stop()
    require(not kills, "all was done before the service was killed twice")
    doubled = [event for event, count in outcomes.counts.items() if count > 1]
    require(not doubled, f"{len(doubled)} events have more than one outcome: {doubled[:3]}")
    require(outcomes.counts.keys() == sent.keys(), "an outcome belongs to no event")
    for (topic, partition), numbers in outcomes.order.items():
        require(numbers == sorted(numbers), f"{topic}-{partition} is out of order")
    unknown = {event: digest for event, (_, is_unknown, digest) in sent.items() if is_unknown}
    require(outcomes.letters.keys() == unknown.keys(), "other events became dead letters than those that name no model")
    lost = [event for event, digest in unknown.items() if outcomes.letters[event] != digest]
    require(not lost, f"{len(lost)} dead letters have lost their value: {lost[:3]}")
    print(f"{len(sent)} events, {len(unknown)} of them dead letters: one outcome each, in order, values whole")
    verified = ask(options.hedgerow, "audit", "verify", "--config", config, "--public-key", f"{key}.pub")
    require(verified == 0, f"audit verify ended with {verified}")
    print("PASSED")


if __name__ == "__main__":
    main()
