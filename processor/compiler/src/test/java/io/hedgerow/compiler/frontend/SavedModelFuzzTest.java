package io.hedgerow.compiler.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a model's files hold, compiling ends in a model or in a refusal. More rounds, or others:
 * {@code -Dhedgerow.fuzz.rounds=25000 -Dhedgerow.fuzz.first=0 -Dhedgerow.fuzz.seed=7}, of each model.
 */
class SavedModelFuzzTest {
    private static final Path MODELS = Path.of("src/test/resources/fixtures/models");
    private static final int ROUNDS = Integer.getInteger("hedgerow.fuzz.rounds", 25);
    private static final int FIRST = Integer.getInteger("hedgerow.fuzz.first", 0);
    private static final long SEED = Long.getLong("hedgerow.fuzz.seed", 1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "vgg", "sequential_plain_keras3", "binary_gray_keras2"})
    void shouldCompileOrRefuseAnything(String name) throws IOException {
        Path model = name.equals("tiny")
                ? TinyModel.write(folder.resolve("tiny"))
                : MODELS.resolve(name).resolve("saved_model");
        ModelFuzz fuzz = new ModelFuzz(model, folder);

        ModelFuzz.Tally tally = fuzz.run(SEED, FIRST, ROUNDS);

        System.out.println(name + ": " + tally);
        assertThat(tally.failures()).isEmpty();
        assertThat(tally.parsed()).isGreaterThan(ROUNDS / 2);
        assertThat(tally.compiled()).as("changes that do no harm").isPositive();
        assertThat(tally.refused()).as("changes that do harm").isPositive();
        assertThat(tally.compiled() + tally.refused()).isEqualTo(ROUNDS);
    }
}
