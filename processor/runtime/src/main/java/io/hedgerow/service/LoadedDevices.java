package io.hedgerow.service;

import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.process.ChildCompiler;
import io.hedgerow.config.ConfigurationException;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.device.DeviceSettings;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.engine.UserCache;
import io.hedgerow.models.BatchRetrial;
import io.hedgerow.models.Explainer;
import io.hedgerow.models.LoadedModel;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSettings;
import io.hedgerow.models.ModelSource;
import io.hedgerow.models.ModelTable;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every model on every device, as the configuration says. */
final class LoadedDevices implements DeviceProvider.Devices {
    private static final Logger log = LoggerFactory.getLogger(LoadedDevices.class);

    private final List<LoadedModel> loaded = new ArrayList<>();
    private final List<ModelTable> tables = new ArrayList<>();
    private final BatchRetrial retrial;

    /**
     * Loads all models and warms them up.
     *
     * @throws ConfigurationException if a device is none or absent
     * @throws IOException if a model can't be read
     */
    LoadedDevices(HedgerowConfig config, List<ModelSource> models, CompileProgress compiling) throws IOException {
        DeviceSettings settings = config.devices();
        TensorFlowRuntime.limitGpuMemory(settings.gpuMemoryShare());
        ModelRepository repository =
                new ModelRepository(UserCache.of(System.getenv()), new ChildCompiler(config.compile()), compiling);
        try {
            for (TensorFlowDevice device : devices(settings.names())) {
                List<LoadedModel> table = new ArrayList<>();
                for (ModelSource model : models) {
                    LoadedModel next = repository.load(model, device, settings.batch(), settings.batchMemory());
                    loaded.add(next);
                    table.add(next);
                }
                tables.add(new ModelTable(device.toString(), table));
            }
            tables.get(0)
                    .newest()
                    .forEach((name, version) -> log.info(
                            "Events of model {} that name no version are explained by version {}, the newest",
                            name,
                            version));
            retrial = new BatchRetrial(loaded);
        } catch (IOException | RuntimeException e) {
            loaded.forEach(LoadedModel::close);
            throw e;
        }
    }

    /**
     * Provides the devices of a configuration, whose models are looked for now and loaded later.
     *
     * @throws ConfigurationException if a model is not where it is said to be
     * @throws IOException if a model.yaml can't be read
     */
    static DeviceProvider provider(HedgerowConfig config, CompileProgress compiling) throws IOException {
        List<ModelSource> models = sources(config.models());
        return () -> new LoadedDevices(config, models, compiling);
    }

    /** The models of the configuration, with what their model.yaml says. */
    static List<ModelSource> sources(List<ModelSettings> models) throws IOException {
        List<ModelSource> sources = new ArrayList<>();
        for (ModelSettings model : models) {
            if (!Files.isDirectory(model.path())) {
                throw new ConfigurationException(
                        "Model " + model.name() + ": there is no directory " + model.path() + "; set its path");
            }
            String layer = model.referenceLayer();
            sources.add(new ModelSource(
                    model.name(),
                    model.version(),
                    model.path(),
                    ModelYaml.of(model.path()),
                    new CompileOptions(null, null, layer.isEmpty() ? null : layer, Precision.of(model.precision()))
                            .with(model.methods().toArray(String[]::new)),
                    model.ratio()));
        }
        return sources;
    }

    private static List<TensorFlowDevice> devices(List<String> names) {
        if (names.equals(List.of("auto"))) {
            return TensorFlowDevice.best();
        }
        List<TensorFlowDevice> devices =
                names.stream().map(LoadedDevices::device).toList();
        if (new HashSet<>(devices).size() < devices.size()) {
            throw new ConfigurationException("devices: " + names + " names a device twice");
        }
        return devices;
    }

    private static TensorFlowDevice device(String name) {
        TensorFlowDevice device;
        try {
            device = TensorFlowDevice.parse(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("devices: '" + name + "' is none; use auto, cpu or gpu:N");
        }
        if (!device.exists()) {
            throw new ConfigurationException("devices: there is no " + name + "; TensorFlow finds "
                    + TensorFlowDevice.gpus().size() + " GPUs");
        }
        return device;
    }

    @Override
    public List<? extends Explainer> explainers() {
        return tables;
    }

    /** As measured at warm-up, with the slowest model of each device. */
    @Override
    public double imagesPerSecond() {
        int models = loaded.size() / tables.size();
        return IntStream.range(0, tables.size())
                .mapToDouble(device -> loaded.subList(device * models, (device + 1) * models).stream()
                        .mapToDouble(LoadedModel::imagesPerSecond)
                        .min()
                        .orElseThrow())
                .sum();
    }

    @Override
    public void close() {
        retrial.close();
        loaded.forEach(LoadedModel::close);
    }
}
