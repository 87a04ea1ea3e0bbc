package io.hedgerow.evaluate.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.data.DataKind;
import io.hedgerow.evaluate.data.Dataset;
import io.hedgerow.evaluate.data.Selection;
import io.hedgerow.evaluate.methods.ControlMethod;
import io.hedgerow.evaluate.methods.Explained;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.perturbation.Classifier;
import io.hedgerow.evaluate.perturbation.Covers;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.evaluate.randomisation.RandomisedModels;
import io.hedgerow.preprocess.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A small data set, a classifier that knows red from blue, and a method that shows where they are. */
public final class Rig {
    public static final int SIDE = 32;
    public static final List<String> LABELS = List.of("red", "blue");

    private final Path folder;
    /** Pictures that the classifier was asked about. */
    final AtomicInteger predicted = new AtomicInteger();

    public Rig(Path folder) {
        this.folder = folder;
    }

    /** So many pictures with a square of their class's colour, its masks, and the classes. */
    public Rig draw(int count) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        StringBuilder labels = new StringBuilder("file,label\n");
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
            BufferedImage mask = new BufferedImage(48, 40, BufferedImage.TYPE_BYTE_GRAY);
            int x = 4 + i * 7 % 24;
            int y = 4 + i * 5 % 18;
            for (int pixel = 0; pixel < 48 * 40; pixel++) {
                boolean isInside = pixel % 48 >= x && pixel % 48 < x + 14 && pixel / 48 >= y && pixel / 48 < y + 12;
                int noise = pixel * (i + 3) * 2654435 >>> 8 & 31;
                picture.setRGB(pixel % 48, pixel / 48, isInside ? i % 2 == 0 ? 0xf02010 : 0x1020f0 : noise * 0x010101);
                mask.getRaster().setSample(pixel % 48, pixel / 48, 0, isInside ? 255 : 0);
            }
            String name = "%03d.png".formatted(i);
            ImageIO.write(picture, "png", folder.resolve("images").resolve(name).toFile());
            ImageIO.write(mask, "png", folder.resolve("masks").resolve(name).toFile());
            labels.append(name).append(',').append(LABELS.get(i % 2)).append('\n');
        }
        Files.writeString(folder.resolve("labels.csv"), labels.toString());
        return this;
    }

    public Dataset data() throws IOException {
        return DataKind.open("folder:" + folder);
    }

    private static final class Colours implements Classifier {
        private final TensorSpec spec = new TensorSpec(SIDE, SIDE, 3, ElementType.FLOAT32);
        private final AtomicInteger predicted;

        Colours(AtomicInteger predicted) {
            this.predicted = predicted;
        }

        @Override
        public TensorSpec input() {
            return spec;
        }

        @Override
        public List<Outputs> predict(ByteBuffer images, int count) {
            predicted.addAndGet(count);
            return IntStream.range(0, count)
                    .mapToObj(image -> {
                        float[] scores = new float[2];
                        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                            int at = (image * SIDE * SIDE + pixel) * 3 * Float.BYTES;
                            float difference = images.getFloat(at) - images.getFloat(at + 8);
                            scores[0] += difference / 4000;
                            scores[1] -= difference / 4000;
                        }
                        float p = (float) (1 / (1 + Math.exp(scores[1] - scores[0])));
                        return new Outputs(new float[] {p, 1 - p}, scores);
                    })
                    .toList();
        }
    }

    private static final class Colouring implements Method {
        @Override
        public String key() {
            return "colouring";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Map<String, Object> parameters() {
            return Map.of();
        }

        @Override
        public List<Explained> explain(List<Subject> subjects) {
            return subjects.stream()
                    .map(subject -> new Explained(
                            IntStream.of(subject.classes())
                                    .mapToObj(index -> map(subject, index))
                                    .toList(),
                            null))
                    .toList();
        }

        private static SignedMap map(Subject subject, int index) {
            float[] values = new float[SIDE * SIDE];
            for (int pixel = 0; pixel < values.length; pixel++) {
                int at = pixel * 3 * Float.BYTES;
                ByteBuffer data = subject.tensor().data();
                float difference = data.getFloat(at) - data.getFloat(at + 8);
                values[pixel] = index == 0 ? difference : -difference;
            }
            return new SignedMap(values, SIDE, SIDE, MapTransform.IDENTITY);
        }
    }

    /** At the first of two stages maps are twice as large, at the second turned round; the classifier is forgotten for good. */
    private static final class Turning implements RandomisedModels {
        @Override
        public List<Double> shares() {
            return List.of(0.25, 1.0);
        }

        @Override
        public Map<String, List<Explained>> explain(int stage, int draw, List<Subject> subjects) {
            List<Explained> turned = new Colouring()
                    .explain(subjects).stream()
                            .map(one -> new Explained(
                                    one.maps().stream()
                                            .map(map -> scaled(map, stage == 0 ? 2 : -1))
                                            .toList(),
                                    null))
                            .toList();
            Map<String, List<Explained>> explained = new HashMap<>(Map.of("colouring", turned));
            for (ControlMethod control : ControlMethod.values()) {
                explained.put(control.key(), control.explain(subjects));
            }
            return explained;
        }

        private static SignedMap scaled(SignedMap map, float by) {
            float[] values = new float[map.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = by * map.get(i);
            }
            return new SignedMap(values, map.height(), map.width(), map.toImage());
        }
    }

    public static Options options(Explain explain, boolean isStrict) {
        return new Options(Metric.full(), explain, 0.6, 1, isStrict);
    }

    public static JsonNode settings() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode settings = json.createObjectNode().put("seed", 1).put("draws", 200);
        settings.putArray("layersForgotten").add(0.25).add(1.0);
        settings.putObject("model").put("name", "colours <&> \"shapes\"");
        for (String method : List.of("colouring", "centre", "random", "uniform")) {
            settings.withArray("methods").addObject().put("name", method).put("control", !method.equals("colouring"));
        }
        for (Metric metric : Metric.values()) {
            settings.withArray("metrics").add(metric.key());
        }
        return json.readTree(json.writeValueAsString(settings));
    }

    public Evaluation evaluation(Options options, TrialLog log) throws IOException {
        Colours colours = new Colours(predicted);
        Forwards forwards = new Forwards(colours, new Covers(colours.input(), Preprocessing.defaults()), 64);
        return new Evaluation(
                options,
                ClassMap.byLabel(data().classes(), LABELS),
                LABELS,
                false,
                new Pictures(colours.input(), Preprocessing.defaults()),
                forwards,
                List.of(new Colouring(), ControlMethod.CENTRE, ControlMethod.RANDOM, ControlMethod.UNIFORM),
                new Turning(),
                log,
                new Stopwatch());
    }

    /** Runs all pictures; whether to the end. */
    public boolean run(Path out, Options options, boolean isResumed, BooleanSupplier isStopped) throws IOException {
        Files.createDirectories(out);
        TrialLog log = new TrialLog(out);
        return evaluation(options, log)
                .run(
                        Batches.of(data().samples(Selection.all()), options),
                        settings(),
                        isResumed,
                        isStopped,
                        (done, all, trials) -> {});
    }
}
