package io.hedgerow.models;

import io.hedgerow.device.DeviceHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The models loaded on one device. Immutable. */
public final class ModelTable implements Explainer {
    private final String device;
    private final List<ExplainableModel> models;
    private final Map<String, ExplainableModel> newest;

    /**
     * A table of loaded models.
     *
     * @param device name of their device
     * @param models of which no two have the same name and version
     */
    public ModelTable(String device, List<? extends ExplainableModel> models) {
        this.device = device;
        this.models = List.copyOf(models);
        this.newest = this.models.stream()
                .collect(Collectors.groupingBy(
                        ExplainableModel::name,
                        LinkedHashMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), NewestVersion::of)));
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public DeviceHealth health() {
        return models.stream().map(ExplainableModel::health).reduce(DeviceHealth.WELL, DeviceHealth::and);
    }

    @Override
    public ExplainableModel find(String name, @Nullable String version) throws UnknownModelException {
        if (version == null || version.isEmpty()) {
            ExplainableModel found = newest.get(name);
            if (found != null) {
                return found;
            }
            throw unknown(name);
        }
        for (ExplainableModel model : models) {
            if (model.name().equals(name) && model.version().equals(version)) {
                return model;
            }
        }
        throw unknown(name + " version " + version);
    }

    /** What version events without one get, by the models' names; only of models in several versions. */
    public Map<String, String> newest() {
        Map<String, String> versions = new LinkedHashMap<>();
        newest.forEach((name, model) -> {
            if (models.stream().anyMatch(other -> other != model && other.name().equals(name))) {
                versions.put(name, model.version());
            }
        });
        return versions;
    }

    private UnknownModelException unknown(String wanted) {
        return new UnknownModelException("model %s is not configured; known: %s"
                .formatted(wanted, models.stream().map(ModelTable::named).collect(Collectors.joining(", "))));
    }

    private static String named(ExplainableModel model) {
        return model.version().isEmpty() ? model.name() : model.name() + " version " + model.version();
    }
}
