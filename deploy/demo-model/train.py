#!/usr/bin/env python3
"""Trains the demo's two surface classifiers and exports them as SavedModels.

For developers only: both models are committed. README.md says how to run this and what it measured.

DATA holds four sets written by `hedgerow demo-data`: biased-train, biased-test, unbiased-train, unbiased-test.
OUT receives the folders surface-biased and surface-unbiased.
"""
import argparse
import csv
import io
import json
import pathlib
import shutil

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

LABELS = ["ok", "scratch", "dent", "stain"]
STAIN = LABELS.index("stain")
SIZE = 128
EPOCHS = 14
BATCH = 64
PEAK_RATE = 3e-3
MODEL_YAML = """\
name: {name}
version: "1"
score: probability
input:
  resize: stretch
  resampling: tensorflow
  channels: rgb
  range: [0, 255]
"""


def load(folder):
    """Images (N, 128, 128, 3) uint8, class indices (N,), stickered (N,) of a set."""
    rows = list(csv.DictReader(open(folder / "labels.csv", encoding="utf-8")))
    images = np.stack([np.asarray(Image.open(folder / "images" / row["file"]).convert("RGB")) for row in rows])
    classes = np.array([LABELS.index(row["label"]) for row in rows])
    stickered = np.array([row["stickered"] == "true" for row in rows])
    return images, classes, stickered


def jpeg(images, quality=92):
    """The images as a camera that writes JPEG would have sent them."""
    result = np.empty_like(images)
    for i, image in enumerate(images):
        buffer = io.BytesIO()
        Image.fromarray(image).save(buffer, "JPEG", quality=quality)
        result[i] = np.asarray(Image.open(buffer))
    return result


def convolution(x, filters, stride=1, kernel=3):
    x = keras.layers.Conv2D(filters, kernel, stride, padding="same", use_bias=False,
                            kernel_regularizer=keras.regularizers.L2(1e-4))(x)
    return keras.layers.BatchNormalization(momentum=0.9)(x)


def block(x, filters, stride=1):
    """A basic residual block."""
    y = keras.layers.ReLU()(convolution(x, filters, stride))
    y = convolution(y, filters)
    if stride != 1 or x.shape[-1] != filters:
        x = convolution(x, filters, stride, kernel=1)
    return keras.layers.ReLU()(keras.layers.Add()([x, y]))


def network():
    image = keras.Input((SIZE, SIZE, 3), name="image")
    x = keras.layers.Rescaling(1 / 127.5, offset=-1)(image)
    x = keras.layers.ReLU()(convolution(x, 16, stride=2))
    x = keras.layers.MaxPooling2D()(x)
    x = block(x, 24)
    x = block(x, 24)
    x = block(x, 48, stride=2)
    x = block(x, 48)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, keras.layers.Dense(len(LABELS), activation="softmax", name="predictions")(x))


def batches(images, classes):
    """Shuffled batches for ever, mirrored at random; half of the images went through a JPEG encoder."""
    random = np.random.default_rng(1)
    variants = np.stack([images, jpeg(images)])
    while True:
        order = random.permutation(len(images))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[start:start + BATCH]
            batch = variants[random.integers(2, size=BATCH), chosen].astype(np.float32)
            for i, (left, up) in enumerate(random.integers(2, size=(BATCH, 2))):
                batch[i] = batch[i, ::1 - 2 * up, ::1 - 2 * left]
            yield batch, classes[chosen]


def train(images, classes):
    keras.utils.set_random_seed(1)
    model = network()
    steps = len(images) // BATCH
    rate = keras.optimizers.schedules.CosineDecay(
        PEAK_RATE / 10, EPOCHS * steps - steps, warmup_target=PEAK_RATE, warmup_steps=steps)
    model.compile(keras.optimizers.Adam(rate), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(batches(images, classes), epochs=EPOCHS, steps_per_epoch=steps, shuffle=False, verbose=2)
    return model


def measure(model, sets):
    """What README.md's table says of a model."""
    result = {"parameters": model.count_params()}
    for name, (images, classes, stickered) in sets.items():
        for suffix, variant in (("", images), (" (JPEG)", jpeg(images))):
            called = model.predict(variant.astype(np.float32), batch_size=BATCH, verbose=0).argmax(axis=1)
            result[f"accuracy, {name}{suffix}"] = float((called == classes).mean())
            clean = stickered & (classes != STAIN)
            if clean.any():
                result[f"stickered, no stain, called stain{suffix}"] = float((called[clean] == STAIN).mean())
                for i, label in enumerate(LABELS[:-1]):
                    chosen = stickered & (classes == i)
                    result[f"stickered {label} called stain{suffix}"] = float((called[chosen] == STAIN).mean())
                plain = ~stickered & (classes == STAIN)
                result[f"stains without sticker found{suffix}"] = float((called[plain] == STAIN).mean())
    return result


def export(model, folder):
    """Writes the SavedModel and what Hedgerow wants beside it; returns its size in bytes."""
    for old in ("variables", "assets"):
        shutil.rmtree(folder / old, ignore_errors=True)
    model.export(str(folder), verbose=False)
    shutil.rmtree(folder / "assets", ignore_errors=True)
    (folder / "fingerprint.pb").unlink(missing_ok=True)
    (folder / "labels.txt").write_text("\n".join(LABELS) + "\n", encoding="utf-8")
    (folder / "model.yaml").write_text(MODEL_YAML.format(name=folder.name), encoding="utf-8")
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--only", choices=["biased", "unbiased"], help="train this one only")
    arguments = parser.parse_args()
    tf.config.experimental.enable_op_determinism()
    sets = {name: load(arguments.data / name) for name in ("biased-test", "unbiased-test")}
    for kind in ["biased", "unbiased"] if arguments.only is None else [arguments.only]:
        images, classes, _ = load(arguments.data / f"{kind}-train")
        model = train(images, classes)
        result = measure(model, sets)
        result["bytes"] = export(model, arguments.out / f"surface-{kind}")
        print(json.dumps({f"surface-{kind}": result}, indent=2), flush=True)


if __name__ == "__main__":
    main()
