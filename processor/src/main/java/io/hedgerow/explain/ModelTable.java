package io.hedgerow.explain;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The models loaded on one device. Immutable. */
public final class ModelTable implements Explainer {
    private final String device;
    private final List<ExplainableModel> models;

    /**
     * A table of loaded models.
     *
     * @param device name of their device
     * @param models of which no two have the same name and version
     */
    public ModelTable(String device, List<? extends ExplainableModel> models) {
        this.device = device;
        this.models = List.copyOf(models);
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
        boolean any = version == null || version.isEmpty();
        ExplainableModel found = null;
        for (ExplainableModel model : models) {
            if (model.name().equals(name) && (any || model.version().equals(version))) {
                if (found != null) {
                    throw new UnknownModelException(
                            "model %s is configured in several versions; name one of: %s".formatted(name, known()));
                }
                found = model;
            }
        }
        if (found == null) {
            String wanted = any ? name : name + " version " + version;
            throw new UnknownModelException("model %s is not configured; known: %s".formatted(wanted, known()));
        }
        return found;
    }

    private String known() {
        return models.stream()
                .map(model -> model.version().isEmpty() ? model.name() : model.name() + " version " + model.version())
                .collect(Collectors.joining(", "));
    }
}
