package io.hedgerow.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaithfulnessSampleTest {
    private static final TensorSpec SPEC = new TensorSpec(2, 2, 1, ElementType.UINT8);
    private static final ImageTensor IMAGE = new ImageTensor(
            ByteBuffer.allocate(SPEC.bytes()).order(ByteOrder.nativeOrder()), SPEC, MapTransform.IDENTITY);
    private static final int EVENTS = 20_000;

    @Test
    void shouldChooseTheShareThatIsWantedAndTheSameEventsEveryTime() {
        List<Integer> chosen = chosen(0.02, "a".repeat(64));

        assertThat(chosen.size() / (double) EVENTS).isCloseTo(0.02, within(0.004));
        assertThat(chosen(0.02, "a".repeat(64))).isEqualTo(chosen);
    }

    @Test
    void shouldChooseOtherEventsForAnotherModel() {
        List<Integer> chosen = chosen(0.02, "a".repeat(64));

        assertThat(chosen(0.02, "b".repeat(64)).stream()
                        .filter(chosen::contains)
                        .count())
                .as("of %d events of each model", chosen.size())
                .isLessThan(chosen.size() / 4);
    }

    @Test
    void shouldChooseNoneAndAll() {
        assertThat(chosen(0, "a".repeat(64))).isEmpty();
        assertThat(chosen(1, "a".repeat(64))).hasSize(EVENTS);
    }

    private static List<Integer> chosen(double share, String model) {
        FaithfulnessSample sample = new FaithfulnessSample(share);
        return IntStream.range(0, EVENTS)
                .filter(event -> sample.trial("event-" + event, model, IMAGE) != null)
                .boxed()
                .toList();
    }
}
