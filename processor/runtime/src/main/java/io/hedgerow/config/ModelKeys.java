package io.hedgerow.config;

import io.hedgerow.compiler.Methods;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.DeviceSettings;
import io.hedgerow.models.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Keys of the models, and of the devices that they are loaded on. */
final class ModelKeys {
    private static final String MODELS = "models";

    private final Values values;

    ModelKeys(Values values) {
        this.values = values;
    }

    List<ModelSettings> models() {
        List<ModelSettings> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; values.isSet(MODELS, i); i++) {
            ModelSettings model = model(i);
            if (!names.add(model.name() + " " + model.version())) {
                throw values.error(
                        "models[" + i + "].name",
                        "model " + model.name() + (model.version().isEmpty() ? "" : " version " + model.version())
                                + " is configured twice; give each a version of its own");
            }
            models.add(model);
        }
        if (models.isEmpty()) {
            throw values.error(MODELS, "models is missing: name at least one model, with its name and path");
        }
        return List.copyOf(models);
    }

    private ModelSettings model(int i) {
        return new ModelSettings(
                values.get(Key.text("models[].name", null, "The name that events use."), i),
                values.get(
                        Key.text(
                                "models[].version",
                                "",
                                "The version that events use; those that name none get the newest."),
                        i),
                values.resolve(values.get(
                        Key.text(
                                "models[].path",
                                null,
                                "Folder of the SavedModel, with model.yaml beside it; relative to hedgerow.yaml."),
                        i)),
                values.get(
                        Key.decimal(
                                "models[].ratio",
                                "2",
                                1,
                                2,
                                "Ratio of positive to negative relevance for events that name none."),
                        i),
                values.get(
                        Key.text(
                                "models[].reference-layer",
                                "",
                                "Node at which relevance starts; empty for the last feature map."),
                        i),
                values.get(
                        Key.choice(
                                "models[].precision",
                                List.of("float32", "bfloat16"),
                                "float32",
                                "Number format of the convolutions that explain; bfloat16 is faster with AVX512_BF16 or"
                                        + " AMX."),
                        i),
                methods(i));
    }

    /** The one for events that name none first. */
    private List<String> methods(int i) {
        String usual = values.get(
                Key.choice(
                        "models[].method",
                        Methods.names(),
                        Methods.names().get(0),
                        "Method that explains events that name none; `models[].ratio` is for the one that has a ratio."),
                i);
        List<String> further = values.get(
                Key.choices("models[].methods", Methods.names(), "Further methods, which events may name."), i);
        return Stream.concat(Stream.of(usual), further.stream()).distinct().toList();
    }

    /** Takes how long a batch may take. */
    DeviceSettings devices(Duration batchLimit) {
        List<String> names = values.get(Key.texts(
                "devices",
                "auto",
                "`auto` (all GPUs, else the CPU), `cpu`, or a list such as `[gpu:0, gpu:1]`; `cpu:1` and so on are"
                        + " logical CPUs, for testing."));
        float gpuMemoryShare = values.get(Key.share(
                "gpu.memory-share", "1", "Most of each GPU's memory that this process takes, as it needs it."));
        int size = values.get(Key.integer(
                "batch.size",
                32,
                1,
                1024,
                "Most images in a batch; fewer if fewer at once are faster, as tried at the first start."));
        long memory = values.get(Key.bytes(
                "batch.memory",
                "4GB",
                "64MB",
                "1024GB",
                "Memory of one batch's tensors, from which smaller batches follow unless `batch.size` is set."));
        Duration linger = values.get(Key.duration(
                "batch.linger", "1ms", "0ms", "1s", "How long a batch that is not full waits for more images."));
        int queue = values.get(Key.integer(
                "batch.queue", 256, 1, 65536, "Most images that wait for a device; at least `batch.size`."));
        if (queue < size) {
            throw values.error("batch.queue", "batch.queue (" + queue + ") must be at least batch.size (" + size + ")");
        }
        long queueBytes = values.get(Key.bytes(
                "batch.queue-bytes", "512MB", "1MB", "64GB", "Most memory of images that wait for a device."));
        return new DeviceSettings(
                names,
                gpuMemoryShare,
                new BatchLimits(size, linger, queue, queueBytes, batchLimit),
                values.isSet("batch.size") ? Long.MAX_VALUE : memory);
    }
}
