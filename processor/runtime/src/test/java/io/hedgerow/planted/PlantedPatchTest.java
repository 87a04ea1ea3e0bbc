package io.hedgerow.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random classifiers, each with patches in a picture that decide its class: what is explained must lie on them. More, or
 * others: {@code -Dhedgerow.planted.rounds=2000 -Dhedgerow.planted.first=0 -Dhedgerow.planted.seed=7}; one alone, as a failure
 * names it: {@code -Dhedgerow.planted.recipe=7000021:mean_dense:…}.
 */
class PlantedPatchTest {
    // RATIONALE: How is it known that evidence is found?
    private static final int ROUNDS = Integer.getInteger("hedgerow.planted.rounds", 30);

    private static final int FIRST = Integer.getInteger("hedgerow.planted.first", 0);
    private static final long SEED = Long.getLong("hedgerow.planted.seed", 1);
    private static final int SHRUNK = 12;

    @TempDir
    Path folder;

    @Test
    void shouldExplainByThePatchesThatDecide() throws Exception {
        Report report = new Report();
        List<Recipe> wrong = new ArrayList<>();
        List<Recipe> recipes = recipes();
        List<Future<Trial.Outcome>> outcomes = begin(recipes);
        for (Recipe recipe : recipes) {
            Trial.Outcome outcome = outcomes.get(report.trials()).get();
            report.add(recipe, outcome);
            if (outcome.kind() == Trial.Kind.WRONG) {
                wrong.add(recipe);
            }
            if (outcome.kind() != Trial.Kind.RIGHT) {
                System.out.println(report.trials() + " " + outcome.kind() + " " + recipe + " " + outcome.reason());
            }
        }
        System.out.println(report);
        Shrinker shrinker = new Shrinker(new Trial(folder));
        for (Recipe recipe : wrong.subList(0, Math.min(SHRUNK, wrong.size()))) {
            System.out.println(recipe + "\n  comes down to " + shrinker.shrink(recipe));
        }
        assertThat(report.wrong()).isEmpty();
        assertThat(report.count(Trial.Kind.FAILED)).isZero();
        assertThat(report.count(Trial.Kind.REFUSED)).isZero();
        assertThat(report.count(Trial.Kind.SPREAD))
                .as("maps with more of a halo than a tenth")
                .isLessThan(1 + ROUNDS / 100);
        assertThat(report.count(Trial.Kind.UNUSABLE))
                .as("nets of which no patch decides")
                .isLessThan(2 + ROUNDS / 30);
    }

    /**
     * Found among thousands: one network of three that saw nothing but its biases, a maximum that jumps where its gradient is
     * compared, networks that pad one part of the picture differently, a sum of so much that float32 loses a hundredth of it
     * where two images are added in another order than one.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7000246:two_dense:log_softmax:channels_last:float32:three_probabilities:letterbox:pad_zero:pooled:plain"
                        + ":max_pool_padded_lowest:relu:center_cropped",
                "7000428:max_dense:softmax:channels_last:uint8:two_probabilities:pad_reflect:pad_zero:valid_convolution"
                        + ":residual:average_pool:elu:center_cropped",
                "7000944:mean_kept_flatten_dense:one_sigmoid:channels_first:any_size:three_logits:centre_crop:pad_zero"
                        + ":convolution:fake_quant:fake_quant:swish:center_cropped",
                "7001441:flatten_dense:log_softmax:channels_last:float32:three_features:normalise:resize_nearest"
                        + ":wide_convolution:grouped:upsample_bilinear:hard_swish:stretched"
            })
    void shouldExplainWhatWasOnceWrong(String recipe) throws Exception {
        Trial.Outcome outcome = new Trial(folder).run(Recipe.parse(recipe));

        assertThat(outcome.kind()).as(outcome.reason()).isEqualTo(Trial.Kind.RIGHT);
    }

    /** As many at a time as there are processors: most of a trial is compiling, which one thread does. */
    private List<Future<Trial.Outcome>> begin(List<Recipe> recipes) {
        int lanes = Runtime.getRuntime().availableProcessors();
        BlockingQueue<Trial> free = new LinkedBlockingQueue<>();
        for (int lane = 0; lane < lanes; lane++) {
            free.add(new Trial(folder.resolve("lane-" + lane)));
        }
        ExecutorService pool = Executors.newFixedThreadPool(lanes);
        List<Future<Trial.Outcome>> outcomes = new ArrayList<>();
        for (Recipe recipe : recipes) {
            outcomes.add(pool.submit(() -> {
                Trial trial = free.take();
                try {
                    return trial.run(recipe);
                } finally {
                    free.add(trial);
                }
            }));
        }
        pool.shutdown();
        return outcomes;
    }

    private static List<Recipe> recipes() {
        String one = System.getProperty("hedgerow.planted.recipe");
        if (one != null) {
            return List.of(Recipe.parse(one));
        }
        Recipes recipes = new Recipes(SEED);
        List<Recipe> all = new ArrayList<>();
        for (int i = FIRST; i < FIRST + ROUNDS; i++) {
            all.add(recipes.get(i));
        }
        return all;
    }
}
