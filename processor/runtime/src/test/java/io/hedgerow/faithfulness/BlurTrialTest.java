package io.hedgerow.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A picture that is bright in its upper left sixteenth and dark elsewhere, whose class is scored by what light there is. */
class BlurTrialTest {
    private static final int SIDE = 32;
    private static final int BRIGHT = SIDE / 4;
    private static final String MODEL = "a".repeat(64);
    private static final int[] BOTH = {0, 1};

    static List<TensorSpec> specs() {
        return List.of(
                new TensorSpec(SIDE, SIDE, 3, ElementType.FLOAT32),
                new TensorSpec(SIDE, SIDE, 3, ElementType.UINT8),
                new TensorSpec(SIDE, SIDE, 3, ElementType.FLOAT32, ChannelAxis.FIRST));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void shouldBlurTheEvidenceInOneCopyAndAsManyOtherCellsInTheOther(TensorSpec spec) {
        NotingModel model = new NotingModel(spec);
        ImageTensor picture = picture(spec);

        Faithfulness faithfulness = tried(model, picture, BOTH, upperLeft()).orElseThrow();

        assertThat(model.scored).as("two forward passes").hasSize(2);
        assertThat(model.scored).allMatch(request -> request.classes().length == 0);
        assertThat(model.explained).isEmpty();
        List<Integer> evidence = changed(picture, model.scored.get(0).image());
        List<Integer> elsewhere = changed(picture, model.scored.get(1).image());
        assertThat(evidence).isNotEmpty().allMatch(pixel -> pixel / SIDE < BRIGHT && pixel % SIDE < BRIGHT);
        assertThat(elsewhere).doesNotContainAnyElementsOf(evidence);
        assertThat(faithfulness.classIndex()).isEqualTo(1);
        assertThat(faithfulness.share()).isCloseTo(1 / 32f, within(1e-6f));
        assertThat(faithfulness.evidenceDrop()).isPositive();
        assertThat(faithfulness.chanceDrop()).isLessThan(faithfulness.evidenceDrop());
        assertThat(faithfulness.evidenceWins()).isTrue();
    }

    @Test
    void shouldAskTheSameWheneverItAsks() {
        NotingModel one = new NotingModel(specs().get(0));
        NotingModel again = new NotingModel(specs().get(0));
        NotingModel other = new NotingModel(specs().get(0));

        tried(one, picture(one.input()), BOTH, upperLeft());
        tried(again, picture(again.input()), BOTH, upperLeft());
        BlurTrial trial = new FaithfulnessSample(1).trial("another event", MODEL, picture(other.input()));
        Objects.requireNonNull(trial).run(other, attribution(BOTH, upperLeft())).join();

        assertThat(again.scored.get(1).image().data())
                .isEqualTo(one.scored.get(1).image().data());
        assertThat(other.scored.get(0).image().data())
                .isEqualTo(one.scored.get(0).image().data());
        assertThat(other.scored.get(1).image().data())
                .isNotEqualTo(one.scored.get(1).image().data());
    }

    @Test
    void shouldAskNothingOfAMapWithoutEvidence() {
        NotingModel model = new NotingModel(specs().get(0));

        assertThat(tried(model, picture(model.input()), BOTH, new float[256])).isEmpty();
        assertThat(model.scored).isEmpty();
    }

    @Test
    void shouldAskNothingIfOtherClassesThanTheOneDecidedAreExplained() {
        NotingModel model = new NotingModel(specs().get(0));

        assertThat(tried(model, picture(model.input()), new int[] {0}, upperLeft()))
                .isEmpty();
        assertThat(model.scored).isEmpty();
    }

    @Test
    void shouldBlurNoMoreThanAQuarter() {
        float[] even = new float[256];
        Arrays.fill(even, 1);
        NotingModel model = new NotingModel(specs().get(0));

        assertThat(tried(model, picture(model.input()), BOTH, even)
                        .orElseThrow()
                        .share())
                .isEqualTo(0.25f);
    }

    @Test
    void shouldFailAsTheDeviceDoes() {
        NotingModel model = new NotingModel(specs().get(0));
        model.failure = new IllegalStateException("lost");
        BlurTrial trial = new FaithfulnessSample(1).trial("event", MODEL, picture(model.input()));

        CompletableFuture<Optional<Faithfulness>> tried =
                Objects.requireNonNull(trial).run(model, attribution(BOTH, upperLeft()));

        assertThat(tried).isCompletedExceptionally();
    }

    private static Optional<Faithfulness> tried(NotingModel model, ImageTensor picture, int[] classes, float[] map) {
        BlurTrial trial = new FaithfulnessSample(1).trial("event", MODEL, picture);
        return Objects.requireNonNull(trial)
                .run(model, attribution(classes, map))
                .join();
    }

    /** Of a picture for class 1, with the same map of 16 × 16 cells for each class. */
    private static Attribution attribution(int[] classes, float[] map) {
        return new Attribution(
                new float[] {0, NotingModel.WHOLE},
                new float[] {0, 1},
                classes,
                IntStream.of(classes).mapToObj(k -> map).toArray(float[][]::new),
                16,
                16,
                MapTransform.stretch(16, 16, SIDE, SIDE));
    }

    /** Sixteen cells that count alike, of which eight carry half. */
    private static float[] upperLeft() {
        float[] map = new float[256];
        for (int cell = 0; cell < 16; cell++) {
            map[cell / 4 * 16 + cell % 4] = 1;
        }
        return map;
    }

    private static ImageTensor picture(TensorSpec spec) {
        ByteBuffer data = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        for (int element = 0; element < spec.elements(); element++) {
            int pixel = pixel(spec, element);
            int value = pixel / SIDE < BRIGHT && pixel % SIDE < BRIGHT ? 200 : 0;
            if (spec.type() == ElementType.UINT8) {
                data.put(element, (byte) value);
            } else {
                data.putFloat(element * Float.BYTES, value);
            }
        }
        return new ImageTensor(data, spec, MapTransform.IDENTITY);
    }

    /** The pixels in which two pictures differ. */
    private static List<Integer> changed(ImageTensor one, ImageTensor other) {
        TensorSpec spec = one.spec();
        return IntStream.range(0, spec.elements())
                .filter(element -> NotingModel.value(one, element) != NotingModel.value(other, element))
                .map(element -> pixel(spec, element))
                .distinct()
                .boxed()
                .toList();
    }

    private static int pixel(TensorSpec spec, int element) {
        return spec.axis() == ChannelAxis.LAST ? element / spec.channels() : element % (SIDE * SIDE);
    }
}
