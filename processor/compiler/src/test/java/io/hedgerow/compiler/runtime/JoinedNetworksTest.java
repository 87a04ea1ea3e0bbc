package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.OutputKind;
import io.hedgerow.engine.TensorFlowDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Classifiers made of several networks: relevance is that of each network by itself, in the amount of the evidence that it starts
 * with, worked out here from the networks' features and weights.
 */
class JoinedNetworksTest {
    private static final long SEED = 3;

    @TempDir
    Path directory;

    private int compiled;

    /** How networks are joined, and what of the explained score goes to each one's logits. */
    enum Joined {
        LOGITS {
            @Override
            Operand<TFloat32> join(Ops tf, List<Operand<TFloat32>> logits) {
                return sum(tf, scaled(tf, logits));
            }

            @Override
            double[] shares(double[][] logits, int label) {
                return IntStream.range(0, logits.length)
                        .mapToDouble(Joined::weight)
                        .toArray();
            }
        },
        PROBABILITIES {
            @Override
            Operand<TFloat32> join(Ops tf, List<Operand<TFloat32>> logits) {
                return sum(
                        tf,
                        scaled(
                                tf,
                                logits.stream()
                                        .<Operand<TFloat32>>map(tf.nn::softmax)
                                        .toList()));
            }

            @Override
            double[] shares(double[][] logits, int label) {
                double[] shares = new double[logits.length];
                for (int m = 0; m < shares.length; m++) {
                    double largest = Arrays.stream(logits[m]).max().orElseThrow();
                    double sum = Arrays.stream(logits[m])
                            .map(z -> Math.exp(z - largest))
                            .sum();
                    shares[m] = weight(m) * Math.exp(logits[m][label] - largest) / sum;
                }
                double all = Arrays.stream(shares).sum();
                return Arrays.stream(shares).map(share -> share / all).toArray();
            }
        };

        abstract Operand<TFloat32> join(Ops tf, List<Operand<TFloat32>> logits);

        abstract double[] shares(double[][] logits, int label);

        static double weight(int member) {
            return new double[] {0.5, 0.3, 0.2}[member];
        }

        private static List<Operand<TFloat32>> scaled(Ops tf, List<Operand<TFloat32>> tensors) {
            return IntStream.range(0, tensors.size())
                    .<Operand<TFloat32>>mapToObj(m -> tf.math.mul(tensors.get(m), tf.constant((float) weight(m))))
                    .toList();
        }

        private static Operand<TFloat32> sum(Ops tf, List<Operand<TFloat32>> tensors) {
            return tensors.stream().reduce(tf.math::add).orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({"LOGITS, 2, 1", "LOGITS, 3, 1", "PROBABILITIES, 2, 1", "PROBABILITIES, 3, 8"})
    void shouldExplainEachNetworkByTheEvidenceThatItStartsWith(Joined joined, int members, float gain)
            throws Exception {
        List<Integer> which = IntStream.range(0, members).boxed().toList();
        agrees(joined(joined, which, gain), gain, joined, new int[] {0, 1, 2});
    }

    @Test
    void shouldExplainProbabilitiesThatAreAllButCertain() throws Exception {
        JoinedNetworks networks = joined(Joined.PROBABILITIES, List.of(0, 1), 300);
        List<AttributionRequest> request =
                List.of(new AttributionRequest(tensor(picture()), new int[] {0, 1, 2, AttributionRequest.TOP}));

        Attribution found = explain(networks, request);

        int top = found.classes()[3];
        assertThat(found.predictions()[top]).isGreaterThan(0.4999f);
        for (float[] map : found.maps()) {
            assertThat(IntStream.range(0, map.length).anyMatch(i -> map[i] != 0))
                    .isTrue();
        }
        agrees(networks, 300, Joined.PROBABILITIES, new int[] {top});
    }

    private static JoinedNetworks joined(Joined joined, List<Integer> which, float gain) {
        return JoinedNetworks.of(
                SEED,
                gain,
                which,
                (tf, pooled, dense) -> joined.join(
                        tf,
                        which.stream()
                                .<Operand<TFloat32>>map(m -> dense.of(m, pooled.get(m)))
                                .toList()));
    }

    @Test
    void shouldExplainNetworksWhoseFeaturesAreJoined() throws Exception {
        JoinedNetworks networks = JoinedNetworks.of(
                SEED,
                1,
                List.of(0, 1),
                (tf, pooled, dense) -> tf.math.add(
                        tf.math.mul(dense.of(0, pooled.get(0)), tf.constant(0.5f)),
                        dense.of(1, tf.math.mul(pooled.get(1), tf.constant(0.3f)))));

        agrees(networks, 1, Joined.LOGITS, new int[] {0, 1, 2});
    }

    @Test
    void shouldSayWhatItExplainsOfSeveralNetworks() throws Exception {
        ExplanationInfo info = compile(JoinedNetworks.of(
                SEED,
                1,
                List.of(0, 1),
                (tf, pooled, dense) -> Joined.PROBABILITIES.join(
                        tf, List.of(dense.of(0, pooled.get(0)), dense.of(1, pooled.get(1))))));
        ExplanationInfo gated = compile(JoinedNetworks.of(
                SEED,
                1,
                List.of(0, 1),
                (tf, pooled, dense) ->
                        tf.math.mul(dense.of(0, pooled.get(0)), tf.math.sigmoid(dense.of(1, pooled.get(1))))));

        assertThat(info.referenceLayers()).hasSize(2);
        // the shares of these two sum to 0.8
        assertThat(info.output().kind()).isEqualTo(OutputKind.VALUE);
        assertThat(info.unexplained()).isEmpty();
        assertThat(gated.referenceLayers()).hasSize(1);
        assertThat(gated.unexplained())
                .singleElement()
                .asString()
                .startsWith("2 convolutions from ")
                .endsWith("which lead past the reference layer");
    }

    private void agrees(JoinedNetworks networks, float gain, Joined joined, int[] labels) throws Exception {
        float[] picture = picture();
        List<AttributionRequest> request = List.of(new AttributionRequest(tensor(picture), new int[] {0, 1, 2}));
        Attribution found = explain(networks, request);
        List<Attribution> alone = new ArrayList<>();
        for (int m = 0; m < networks.members(); m++) {
            alone.add(explain(JoinedNetworks.alone(SEED, gain, m), request));
        }
        for (int label : labels) {
            float[] expected = expected(networks, picture, alone, label, gain, joined);
            assertThat(Maps.difference(found.maps()[label], expected)).isLessThan(1e-3);
        }
    }

    /** Σ over networks of its own map, over the evidence in it, times the evidence that it starts with. */
    private static float[] expected(
            JoinedNetworks networks, float[] picture, List<Attribution> alone, int label, float gain, Joined joined) {
        double[][] logits = alone.stream()
                .map(one -> IntStream.range(0, JoinedNetworks.CLASSES)
                        .mapToDouble(c -> one.scores()[c])
                        .toArray())
                .toArray(double[][]::new);
        double[] shares = joined.shares(logits, label);
        double[] evidence = new double[shares.length];
        double[] against = new double[shares.length];
        double all = 0;
        for (int m = 0; m < shares.length; m++) {
            float[] features = networks.values(JoinedNetworks.features(m), picture);
            int channels = JoinedNetworks.channels(m);
            double sum = 0;
            for (int i = 0; i < features.length; i++) {
                double relevance = features[i]
                        * shares[m]
                        * JoinedNetworks.weight(SEED, gain, m, i % channels, label)
                        * channels
                        / features.length;
                sum += relevance;
                evidence[m] += Math.max(0, relevance);
                against[m] += Math.min(0, relevance);
            }
            all += Math.abs(sum);
        }
        float[] map = new float[alone.get(0).maps()[label].length];
        for (int m = 0; m < shares.length; m++) {
            float[] own = alone.get(m).maps()[label];
            boolean isFor = evidence[m] > 0;
            double ownSum = 0;
            for (float value : own) {
                ownSum += isFor ? Math.max(0, value) : Math.min(0, value);
            }
            for (int i = 0; i < map.length && ownSum != 0; i++) {
                map[i] += (float) (own[i] / ownSum * (isFor ? evidence[m] : against[m]) / all);
            }
        }
        return map;
    }

    private ExplanationInfo compile(JoinedNetworks networks) throws Exception {
        Path folder = directory.resolve("model" + compiled++);
        return new Compiler().compile(networks.write(folder), CompileOptions.DEFAULT, folder.resolve("compiled"));
    }

    private Attribution explain(JoinedNetworks networks, List<AttributionRequest> request) throws Exception {
        Path folder = directory.resolve("model" + compiled++);
        new Compiler().compile(networks.write(folder), CompileOptions.DEFAULT, folder.resolve("compiled"));
        try (CompiledModel model =
                CompiledModel.load(folder.resolve("compiled"), JoinedNetworks.SPEC, TensorFlowDevice.CPU)) {
            return model.apply(request).get(0);
        }
    }

    private static float[] picture() {
        Random random = new Random(9);
        float[] picture = new float[JoinedNetworks.SIZE * JoinedNetworks.SIZE];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = random.nextFloat();
        }
        return picture;
    }

    private static ImageTensor tensor(float[] picture) {
        ByteBuffer data = ByteBuffer.allocate(JoinedNetworks.SPEC.bytes()).order(ByteOrder.nativeOrder());
        for (float value : picture) {
            data.putFloat(value);
        }
        return new ImageTensor(data.flip(), JoinedNetworks.SPEC, MapTransform.IDENTITY);
    }
}
