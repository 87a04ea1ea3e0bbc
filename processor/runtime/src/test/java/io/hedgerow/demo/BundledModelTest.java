package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.demo.surface.SurfaceClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.proto.SavedModel;

final class BundledModelTest {
    @TempDir
    Path parent;

    @ParameterizedTest
    @EnumSource(BundledModel.class)
    void shouldUnpackASavedModelWithAServingSignature(BundledModel model) throws IOException {
        Path folder = model.unpack(parent.resolve("models"));

        assertThat(folder).isEqualTo(parent.resolve("models").resolve(model.modelName()));
        SavedModel savedModel = SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")));
        assertThat(savedModel.getMetaGraphs(0).getSignatureDefMap()).containsKey("serving_default");
    }

    @ParameterizedTest
    @EnumSource(BundledModel.class)
    void shouldNameTheClassesInTheOrderOfTheOutput(BundledModel model) throws IOException {
        List<String> labels = Files.readAllLines(model.unpack(parent).resolve("labels.txt"));

        assertThat(labels)
                .isEqualTo(Arrays.stream(SurfaceClass.values())
                        .map(SurfaceClass::label)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(BundledModel.class)
    void shouldBeSmall(BundledModel model) throws IOException {
        Path folder = model.unpack(parent);
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }

        assertThat(bytes).isLessThan(3_000_000);
    }

    @ParameterizedTest
    @EnumSource(BundledModel.class)
    void shouldReplaceWhatWasUnpackedBefore(BundledModel model) throws IOException {
        Path labels = model.unpack(parent).resolve("labels.txt");
        Files.writeString(labels, "changed");

        model.unpack(parent);

        assertThat(labels).content().startsWith("ok");
    }
}
