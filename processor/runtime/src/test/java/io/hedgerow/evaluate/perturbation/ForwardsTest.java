package io.hedgerow.evaluate.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.methods.OcclusionMethod;
import io.hedgerow.evaluate.metrics.Cells;
import io.hedgerow.evaluate.metrics.Order;
import io.hedgerow.evaluate.metrics.Relevance;
import io.hedgerow.preprocess.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardsTest {
    private static final int SIDE = 28;

    private final List<Integer> batches = new ArrayList<>();

    static Stream<TensorSpec> specs() {
        return Stream.of(ElementType.values()).flatMap(type -> Stream.of(ChannelAxis.values())
                .map(axis -> new TensorSpec(SIDE, SIDE, 3, type, axis)));
    }

    private static int at(TensorSpec spec, int channel, int pixel) {
        return spec.axis() == ChannelAxis.LAST ? pixel * 3 + channel : channel * SIDE * SIDE + pixel;
    }

    private static float value(TensorSpec spec, ByteBuffer data, int image, int channel, int pixel) {
        int index = image * spec.elements() + at(spec, channel, pixel);
        return spec.type() == ElementType.UINT8 ? data.get(index) & 0xff : data.getFloat(index * Float.BYTES);
    }

    /** A picture that is 200 in red where asked, and 40 everywhere else. */
    private static ImageTensor picture(TensorSpec spec, int from, int to) {
        ByteBuffer data = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                int level = channel == 0 && pixel >= from && pixel < to ? 200 : 40;
                int index = at(spec, channel, pixel);
                if (spec.type() == ElementType.UINT8) {
                    data.put(index, (byte) level);
                } else {
                    data.putFloat(index * Float.BYTES, level);
                }
            }
        }
        return new ImageTensor(data, spec, MapTransform.IDENTITY);
    }

    /** Class 0's score is the mean of red, class 1's that of blue; predictions are a tenth of them. */
    private Classifier classifier(TensorSpec spec) {
        return new Classifier() {
            @Override
            public TensorSpec input() {
                return spec;
            }

            @Override
            public List<Outputs> predict(ByteBuffer images, int count) {
                batches.add(count);
                return IntStream.range(0, count)
                        .mapToObj(image -> {
                            double red = 0;
                            double blue = 0;
                            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                                red += value(spec, images, image, 0, pixel);
                                blue += value(spec, images, image, 2, pixel);
                            }
                            float[] scores = {(float) (red / SIDE / SIDE), (float) (blue / SIDE / SIDE)};
                            return new Outputs(new float[] {scores[0] / 10, scores[1] / 10}, scores);
                        })
                        .toList();
            }
        };
    }

    private Forwards forwards(TensorSpec spec) {
        return new Forwards(classifier(spec), new Covers(spec, Preprocessing.defaults()), 16);
    }

    private Subject subject(Forwards forwards, ImageTensor tensor) {
        return new Subject("picture", tensor, forwards.predict(List.of(tensor)).get(0), new int[] {0, 1}, 5);
    }

    private static Relevance red(int from, int to) {
        float[] values = new float[SIDE * SIDE];
        for (int i = from; i < to; i++) {
            values[i] = 1;
        }
        return new Relevance(values, SIDE, SIDE);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void shouldCoverJustTheCellsAskedFor(TensorSpec spec) {
        Forwards forwards = forwards(spec);
        Subject subject = subject(forwards, picture(spec, 0, SIDE * SIDE / 2));
        Cells cells = Cells.square(4, SIDE, SIDE);
        Order order = Order.of(new float[16], IntStream.range(0, 16).toArray());
        Covered.Sequence sequence = new Covered.Sequence(cells, order);

        Ticket one = forwards.ask(subject, Covered.of(Cover.BLACK, sequence, 0, 1));
        Ticket most = forwards.ask(subject, Covered.of(Cover.BLACK, sequence, 1, 16));
        Ticket all = forwards.ask(subject, Covered.of(Cover.GREY, sequence, 0, 16));
        Ticket mean = forwards.ask(subject, Covered.of(Cover.MEAN, sequence, 3, 9));
        forwards.run();

        assertThat(one.score(0)).isCloseTo(120 - 200 / 16.0, within(1e-3));
        assertThat(one.score(1)).isCloseTo(40 - 40 / 16.0, within(1e-3));
        assertThat(most.score(0)).isCloseTo(200 / 16.0, within(1e-3));
        assertThat(all.score(0)).isCloseTo(127, within(1e-3));
        assertThat(mean.score(0)).isCloseTo(120 + (120 - 200) * 5 / 16.0 + (120 - 40) / 16.0, within(1e-3));
        assertThat(mean.prediction(1)).isCloseTo(4, within(1e-3));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void shouldFillInWhatIsMissingWithALittleNoise(TensorSpec spec) {
        List<float[]> seen = new ArrayList<>();
        Classifier keeping = new Classifier() {
            @Override
            public TensorSpec input() {
                return spec;
            }

            @Override
            public List<Outputs> predict(ByteBuffer images, int count) {
                for (int image = 0; image < count; image++) {
                    float[] green = new float[SIDE * SIDE];
                    for (int pixel = 0; pixel < green.length; pixel++) {
                        green[pixel] = value(spec, images, image, 1, pixel);
                    }
                    seen.add(green);
                }
                return Collections.nCopies(count, new Outputs(new float[] {0, 0}, new float[] {0, 0}));
            }
        };
        Order order = Order.of(new float[SIDE * SIDE], Order.permutation(SIDE * SIDE, 3));
        Covered.Sequence sequence = PixelCurve.sequence(order, SIDE, SIDE);
        for (int run = 0; run < 2; run++) {
            Forwards forwards = new Forwards(keeping, new Covers(spec, Preprocessing.defaults()), 16);
            Subject subject = subject(forwards, picture(spec, 0, 0));
            forwards.ask(subject, Covered.of(Cover.NEIGHBOURS, sequence, 0, 700));
            forwards.run();
        }

        float[] green = seen.get(1);
        double squares = 0;
        for (int place = 0; place < SIDE * SIDE; place++) {
            double off = green[order.cell(place)] - 40;
            squares += off * off;
            assertThat(Math.abs(off)).as("place %d", place).isLessThanOrEqualTo(place < 700 ? 5 * 2.55 : 0);
        }
        // a hundredth of 255 around the one colour that all have
        assertThat(Math.sqrt(squares / 700)).isBetween(2.2, 2.9);
        assertThat(seen.get(3)).containsExactly(green);
    }

    @Test
    void shouldSayHowFarAMapIsFromWhatThePictureGainsOverItsMeanColour() {
        TensorSpec spec = new TensorSpec(SIDE, SIDE, 3, ElementType.FLOAT32, ChannelAxis.LAST);
        Classifier upper = new Classifier() {
            @Override
            public TensorSpec input() {
                return spec;
            }

            @Override
            public List<Outputs> predict(ByteBuffer images, int count) {
                return IntStream.range(0, count)
                        .mapToObj(image -> {
                            float score = value(spec, images, image, 0, 0);
                            return new Outputs(new float[] {0, 0}, new float[] {score, 7});
                        })
                        .toList();
            }
        };
        Forwards forwards = new Forwards(upper, new Covers(spec, Preprocessing.defaults()), 16);
        Subject subject = subject(forwards, picture(spec, 0, SIDE * SIDE / 2));
        Completeness completeness = new Completeness(forwards, subject);
        forwards.run();

        // 200 in the corner, 120 on the mean
        assertThat(completeness.gap(map(50, 30), 0)).isCloseTo(0, within(1e-5));
        assertThat(completeness.gap(map(40, 20), 0)).isCloseTo(0.25, within(1e-5));
        assertThat(completeness.gap(map(-40, 20), 0)).isCloseTo(1.25, within(1e-5));
        assertThat(completeness.gap(map(40, 20), 1)).isNaN();
    }

    private static SignedMap map(float... values) {
        return new SignedMap(values, 1, values.length, MapTransform.IDENTITY);
    }

    @Test
    void shouldComputeEqualPicturesOnce() {
        TensorSpec spec = new TensorSpec(SIDE, SIDE, 3, ElementType.FLOAT32);
        Forwards forwards = forwards(spec);
        Subject subject = subject(forwards, picture(spec, 0, 392));
        CellCurves first = new CellCurves(forwards, subject, red(0, 392), Cover.MEAN);
        CellCurves same = new CellCurves(forwards, subject, red(0, 392), Cover.MEAN);
        CellCurves scaled =
                new CellCurves(forwards, subject, new Relevance(new float[SIDE * SIDE], SIDE, SIDE), Cover.MEAN);
        long before = forwards.passes();
        forwards.run();

        // two maps, 13 covered pictures either way, one with everything covered
        assertThat(forwards.passes() - before).isEqualTo(2 * 26 + 1);
        assertThat(same.morf(0).scores()).isEqualTo(first.morf(0).scores());
        assertThat(scaled.morf(0).scores()).isNotEqualTo(first.morf(0).scores());
        assertThat(batches.subList(1, batches.size())).containsExactly(16, 16, 16, 5);
    }

    @Test
    void shouldGiveMapsThatAreRightAGoodScore() {
        TensorSpec spec = new TensorSpec(SIDE, SIDE, 3, ElementType.FLOAT32);
        Forwards forwards = forwards(spec);
        Subject subject = subject(forwards, picture(spec, 0, 196));
        CellCurves right = new CellCurves(forwards, subject, red(0, 196), Cover.MEAN);
        CellCurves wrong = new CellCurves(forwards, subject, red(588, 784), Cover.MEAN);
        SingleDeletion deletion = new SingleDeletion(forwards, subject, SIDE, SIDE);
        Covered.Sequence sequence = PixelCurve.sequence(red(0, 196).order(Order.permutation(784, 5)), SIDE, SIDE);
        PixelCurve black = PixelCurve.riseDeletion(forwards, subject, sequence);
        PixelCurve shown = PixelCurve.riseInsertion(forwards, subject, sequence);
        PixelCurve spot = PixelCurve.insertionAe(forwards, subject, sequence);
        PixelCurve first = PixelCurve.roadMorf(forwards, subject, sequence);
        PixelCurve last = PixelCurve.roadLerf(forwards, subject, sequence);
        forwards.run();

        assertThat(right.lerf(0).area()).isGreaterThan(right.morf(0).area() + 0.5);
        assertThat(right.srgOfScores(0))
                .isCloseTo(10 * (right.lerf(0).area() - right.morf(0).area()), within(1e-3));
        assertThat(wrong.lerf(0).area()).isLessThan(wrong.morf(0).area());
        assertThat(right.lerf(1).area()).isCloseTo(4, within(1e-3));
        assertThat(deletion.correlation(red(0, 196), 0)).isGreaterThan(0.99);
        assertThat(deletion.correlation(red(588, 784), 0)).isNegative();
        // a quarter of the pixels at 200, the rest at 40, both fall evenly
        assertThat(black.scores(0).scores()[0]).isCloseTo(8, within(1e-3));
        assertThat(black.scores(0).scores()[5]).isCloseTo(3, within(0.01));
        assertThat(black.scores(0).scores()[20]).isZero();
        // what the class is takes the surroundings' colour, and the other way about
        assertThat(first.scores(0).scores()[0]).isCloseTo(8, within(1e-3));
        assertThat(first.scores(0).scores()[3]).isLessThan(4.6);
        assertThat(last.scores(0).scores()[7]).isBetween(7.5, 9.5);
        assertThat(last.scores(0).area()).isGreaterThan(first.scores(0).area() + 3);
        assertThat(first.scores(0).shares()).containsExactly(PixelCurve.roadShares());
        assertThat(shown.scores(0).scores()[20]).isCloseTo(8, within(1e-3));
        assertThat(shown.first(0).area()).isEqualTo(1);
        assertThat(spot.scores(0).shares()).startsWith(0, 0.01).endsWith(0.5);
        assertThat(spot.scores(0).scores()[0]).isBetween(7.0, 13.0);
    }

    @Test
    void shouldFindByOcclusionWhatTheScoreRestsOn() {
        TensorSpec spec = new TensorSpec(SIDE, SIDE, 3, ElementType.FLOAT32);
        Forwards forwards = forwards(spec);
        Subject subject = subject(forwards, picture(spec, 0, 196));
        Relevance map = Relevance.of(
                new OcclusionMethod(forwards)
                        .explain(List.of(subject))
                        .get(0)
                        .maps()
                        .get(0),
                SIDE,
                SIDE);

        assertThat(map.get(30)).isPositive();
        assertThat(map.get(700)).isNegative();
        assertThat(map.get(30)).isCloseTo((200 - 80) / 196f, within(1e-3f));
    }

    @Test
    void shouldGrowCountsGeometricallyToAllCells() {
        assertThat(CellCurves.counts(196)).containsExactly(0, 1, 2, 3, 4, 5, 8, 11, 17, 26, 39, 58, 87, 131, 196);
        assertThat(CellCurves.counts(9)).endsWith(9).startsWith(0, 1, 2);
    }
}
