package io.hedgerow.compiler.runtime;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import io.hedgerow.npy.NpyType;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** A model with inputs, scores and maps computed elsewhere. */
record Fixture(Path directory) {
    private static final Path ALL = Path.of("../compiler/src/test/resources/fixtures/models");

    static List<Fixture> all() {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.sorted().map(Fixture::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Fixture named(String name) {
        return new Fixture(ALL.resolve(name));
    }

    Path model() {
        return directory.resolve("saved_model");
    }

    /** The authors' reference layer of densenet is another than the default; others say so in a file. */
    CompileOptions options() {
        return options(Precision.FLOAT32);
    }

    CompileOptions options(Precision precision) {
        Properties options = properties();
        return new CompileOptions(
                null,
                options.getProperty("output"),
                directory.endsWith("densenet") ? "reference_layer" : options.getProperty("reference-layer"),
                precision);
    }

    /** By how much maps may differ where TensorFlow rounds otherwise, as a batch of another size makes it; of their peak. */
    double rounding() {
        return Double.parseDouble(properties().getProperty("rounding", "1e-5"));
    }

    private Properties properties() {
        Properties properties = new Properties();
        Path file = directory.resolve("options.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }

    List<Float> ratios() {
        return Stream.of(1f, 1.5f, 2f)
                .filter(ratio -> Files.exists(directory.resolve(mapFile(ratio) + ".npy")))
                .toList();
    }

    TensorSpec spec() {
        NpyArray input = read("input");
        int[] shape = input.shape();
        return new TensorSpec(
                shape[1], shape[2], shape[3], input.type() == NpyType.UINT8 ? ElementType.UINT8 : ElementType.FLOAT32);
    }

    List<AttributionRequest> requests(float ratio) {
        NpyArray input = read("input");
        NpyArray classes = read("classes");
        TensorSpec spec = spec();
        List<AttributionRequest> requests = new ArrayList<>();
        for (int i = 0; i < input.shape()[0]; i++) {
            ByteBuffer image = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
            image.put(input.data().slice(i * spec.bytes(), spec.bytes()));
            int index = classes.type() == NpyType.INT64
                    ? Math.toIntExact(classes.data().getLong(i * Long.BYTES))
                    : classes.data().getInt(i * Integer.BYTES);
            requests.add(new AttributionRequest(
                    new ImageTensor(image.flip(), spec, MapTransform.IDENTITY),
                    new int[] {index},
                    Map.of("ratio", ratio)));
        }
        return requests;
    }

    float[] scores(int image) {
        return row("logits", image);
    }

    float[] map(float ratio, int image) {
        return row(mapFile(ratio), image);
    }

    private static String mapFile(float ratio) {
        return "map_ratio" + (ratio == Math.rint(ratio) ? String.valueOf((int) ratio) : String.valueOf(ratio));
    }

    private float[] row(String file, int index) {
        NpyArray array = read(file);
        float[] values = new float[array.data().remaining() / Float.BYTES];
        array.data().asFloatBuffer().get(values);
        int length = values.length / array.shape()[0];
        return Arrays.copyOfRange(values, index * length, (index + 1) * length);
    }

    private NpyArray read(String file) {
        try {
            return Npy.read(directory.resolve(file + ".npy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
