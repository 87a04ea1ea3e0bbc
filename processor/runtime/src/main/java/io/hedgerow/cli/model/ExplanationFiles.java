package io.hedgerow.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hedgerow.attribution.MapStatistics;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.Regions;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.OutputKinds;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import io.hedgerow.render.HeatMapRenderer;
import io.hedgerow.render.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Writes explanations beside each other: STEM.npy, STEM.json and, of images, STEM.png. */
final class ExplanationFiles {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int MARKS = 3;

    private final Path folder;
    private final ExplanationInfo info;
    private final List<String> labels;
    private final Map<String, Float> parameters;
    private final HeatMapRenderer renderer = new HeatMapRenderer();
    private final Set<String> written = new HashSet<>();

    ExplanationFiles(Path folder, ExplanationInfo info, List<String> labels, Map<String, Float> parameters) {
        this.folder = folder;
        this.info = info;
        this.labels = labels;
        this.parameters = parameters;
    }

    /** Writes an explanation; returns a line that says what it is. */
    String write(InputFiles.Input input, Attribution attribution) throws IOException {
        if (!written.add(input.name())) {
            throw new IOException("two inputs are called " + input.name() + ": explain them into different folders");
        }
        TensorSpec tensor = input.tensor().spec();
        int width = input.image() == null ? tensor.width() : input.image().width();
        int height = input.image() == null ? tensor.height() : input.image().height();
        List<Object> classes = new ArrayList<>();
        List<SignedMap> maps = new ArrayList<>();
        for (int k = 0; k < attribution.classes().length; k++) {
            SignedMap map = input.tensor()
                    .turn()
                    .apply(attribution.map(k, input.tensor().toImage()));
            maps.add(map);
            Regions regions = Regions.of(map, width, height);
            classes.add(describe(attribution, k, map, regions));
            if (k == 0 && input.image() != null) {
                draw(input.image(), input.name(), map, regions, attribution);
            }
        }
        writeMaps(input.name(), maps);
        writeJson(input.name(), attribution, maps.get(0), classes);
        return "%s: %s".formatted(input.name(), title(attribution, 0));
    }

    private Map<String, Object> describe(Attribution attribution, int k, SignedMap map, Regions regions) {
        int index = attribution.classes()[k];
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("class", index);
        entry.put("label", label(index));
        entry.put("score", attribution.scores()[index]);
        entry.put("prediction", attribution.predictions()[index]);
        entry.put("statistics", MapStatistics.of(map));
        entry.put("evidence", regions.evidence());
        entry.put("suppressors", regions.suppressors());
        return entry;
    }

    /** How large it is, and where its cells lie: pixel x = scaleX · column + offsetX, and y the same of rows. */
    private static Map<String, Object> describe(SignedMap map) {
        MapTransform toImage = map.toImage();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("height", map.height());
        entry.put("width", map.width());
        entry.put("scaleX", toImage.scaleX());
        entry.put("offsetX", toImage.offsetX());
        entry.put("scaleY", toImage.scaleY());
        entry.put("offsetY", toImage.offsetY());
        return entry;
    }

    private void writeJson(String name, Attribution attribution, SignedMap map, List<Object> classes)
            throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("model", info.modelSha256());
        document.put("method", info.method().name());
        document.put("rules", info.method().version());
        document.putAll(parameters);
        if (!info.method().parameters().isEmpty()) {
            document.put("parameters", info.method().parameters());
        }
        document.put("referenceLayer", info.referenceLayer());
        if (!info.unexplained().isEmpty()) {
            document.put("leftOut", info.unexplained());
        }
        document.put("output", info.output().kind().toString());
        document.put("scores", attribution.scores());
        document.put("predictions", attribution.predictions());
        document.put("map", describe(map));
        document.put("classes", classes);
        Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(document));
    }

    /** What the picture says of how its map was made. */
    private String caption() {
        return parameters.isEmpty()
                ? info.method().name()
                : parameters.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", "));
    }

    private void writeMaps(String name, List<SignedMap> maps) throws IOException {
        SignedMap first = maps.get(0);
        float[] all = new float[maps.size() * first.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = maps.get(i / first.size()).get(i % first.size());
        }
        Npy.write(folder.resolve(name + ".npy"), NpyArray.of(all, maps.size(), first.height(), first.width()));
    }

    private void draw(DecodedImage image, String name, SignedMap map, Regions regions, Attribution attribution)
            throws IOException {
        List<Overlay.Mark> marks = regions.evidence().stream()
                .limit(MARKS)
                .map(region -> new Overlay.Mark(region.box(), true, "%.0f %%".formatted(region.share() * 100)))
                .toList();
        Overlay overlay = new Overlay(image, map, marks, title(attribution, 0), caption());
        ImageIO.write(
                renderer.render(overlay), "png", folder.resolve(name + ".png").toFile());
    }

    private String title(Attribution attribution, int k) {
        int index = attribution.classes()[k];
        String label = label(index);
        return "%s, %s"
                .formatted(
                        label.isEmpty() ? "class " + index : label,
                        OutputKinds.of(info.output().kind()).show(attribution.predictions()[index]));
    }

    private String label(int index) {
        return index < labels.size() ? labels.get(index) : "";
    }
}
