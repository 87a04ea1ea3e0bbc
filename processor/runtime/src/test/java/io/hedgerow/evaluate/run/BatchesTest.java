package io.hedgerow.evaluate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.evaluate.data.Annotations;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.metrics.Metric;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final Options PLAIN = new Options(EnumSet.of(Metric.ENERGY), Explain.ANNOTATED, 0.6, 1, false);
    private static final Options RANDOMISED = new Options(EnumSet.of(Metric.EMPRT), Explain.ANNOTATED, 0.6, 1, false);

    /** Pictures that are equal where they have the same number; those below 0 can't be read. */
    private static List<Sample> samples(int... contents) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            int content = contents[i];
            String name = "%03d".formatted(i);
            samples.add(new Sample() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public byte[] picture() throws BadDataException {
                    if (content < 0) {
                        throw new BadDataException(Reason.PICTURE_MISSING, "gone");
                    }
                    return new byte[] {(byte) content};
                }

                @Override
                public Annotations annotations() {
                    throw new UnsupportedOperationException();
                }
            });
        }
        return samples;
    }

    private static List<List<String>> names(List<List<Sample>> batch) {
        return batch.stream()
                .map(group -> group.stream().map(Sample::name).toList())
                .toList();
    }

    @Test
    void shouldTakeEqualPicturesAsOneHoweverFarApart() {
        Batches batches = Batches.of(samples(1, 2, 3, 4, 5, 6, 7, 8, 9, 1, -1, -1, 3), PLAIN);

        assertThat(batches.count()).isEqualTo(2);
        assertThat(names(batches.batch(0)))
                .containsExactly(
                        List.of("000", "009"),
                        List.of("001"),
                        List.of("002", "012"),
                        List.of("003"),
                        List.of("004"),
                        List.of("005"),
                        List.of("006"),
                        List.of("007"));
        assertThat(names(batches.batch(1))).containsExactly(List.of("008"), List.of("010"), List.of("011"));
        assertThat(batches.picturesUpTo(0)).isEqualTo(10);
        assertThat(batches.picturesUpTo(1)).isEqualTo(13);
        assertThat(batches.samples()).hasSize(13);
        assertThat(batches.isRandomised(0)).isFalse();
    }

    @Test
    void shouldLimitHowManyEqualOnesAreHeldAtOnce() {
        Batches batches = Batches.of(samples(new int[600]), PLAIN);

        assertThat(batches.batch(0).stream().map(List::size)).containsExactly(256, 256, 88);
    }

    @Test
    void shouldPutFirstWhatForgetfulModelsAreAskedOf() {
        int[] contents = IntStream.range(0, 30).toArray();

        Batches batches = Batches.of(samples(contents), RANDOMISED);

        List<String> first =
                names(batches.batch(0)).stream().map(names -> names.get(0)).toList();
        assertThat(first)
                .hasSize(10)
                .isSorted()
                .isNotEqualTo(IntStream.range(0, 10).mapToObj("%03d"::formatted).toList());
        assertThat(batches.isRandomised(0)).isTrue();
        assertThat(batches.isRandomised(1)).isFalse();
        assertThat(batches.batch(1)).hasSize(8);
        assertThat(batches.samples().stream().map(Sample::name).distinct()).hasSize(30);
        assertThat(names(Batches.of(samples(contents), RANDOMISED).batch(0))).isEqualTo(names(batches.batch(0)));
    }

    @Test
    void shouldHaveNoBatchOfNothing() {
        assertThat(Batches.of(List.of(), RANDOMISED).count()).isZero();
        assertThat(Batches.of(List.of(), PLAIN).batch(0)).isEmpty();
    }
}
