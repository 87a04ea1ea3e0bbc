package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.device.DeviceHealth;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.Explainer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DevicePoolTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final Switch first = new Switch("gpu:0");
    private final Switch second = new Switch("gpu:1");
    private final DevicePool pool = new DevicePool(List.of(first, second), InstantSource.fixed(NOW));

    @Test
    void shouldSpreadThreadsEvenly() {
        assertThat(List.of(pool.bind(), pool.bind(), pool.bind(), pool.bind()))
                .containsExactlyInAnyOrder(first, first, second, second);
    }

    @Test
    void shouldKeepAThreadOnItsDeviceWhileThatIsUp() {
        Explainer bound = pool.bind();
        pool.bind();

        assertThat(pool.rebind(bound)).isSameAs(bound);
    }

    @Test
    void shouldMoveThreadsAwayFromADeviceThatFailed() {
        Explainer a = pool.bind();
        Explainer b = pool.bind();
        first.down(NOW.plusSeconds(1));

        assertThat(pool.rebind(a)).isSameAs(second);
        assertThat(pool.rebind(b)).isSameAs(second);
        assertThat(pool.bind()).isSameAs(second);
        assertThat(pool.admits()).isTrue();
    }

    @Test
    void shouldMoveAThreadBackWhenTheDeviceIsDueToBeTried() {
        Explainer a = pool.bind();
        pool.bind();
        first.down(NOW.plusSeconds(1));
        a = pool.rebind(a);
        first.down(NOW);

        assertThat(pool.rebind(a)).isSameAs(first);
        assertThat(pool.rebind(second)).isSameAs(second);
    }

    @Test
    void shouldStayPutWhenNoDeviceIsBetter() {
        Explainer a = pool.bind();
        first.down(NOW.plusSeconds(1));
        second.down(NOW.plusSeconds(1));

        assertThat(pool.rebind(a)).isSameAs(a);
        assertThat(pool.admits()).isFalse();
    }

    @Test
    void shouldGiveThePlaceOfAThreadThatEndedToTheNext() {
        pool.bind();
        pool.bind();
        pool.unbind(second);

        assertThat(pool.bind()).isSameAs(second);
    }

    /** A device whose health is set by hand. */
    private static final class Switch implements Explainer {
        private final String name;
        private final AtomicReference<DeviceHealth> health = new AtomicReference<>(DeviceHealth.WELL);

        Switch(String name) {
            this.name = name;
        }

        void down(Instant retry) {
            health.set(new DeviceHealth(DeviceHealth.State.DOWN, NOW, retry, "gone", 0, 1, 0));
        }

        @Override
        public String device() {
            return name;
        }

        @Override
        public DeviceHealth health() {
            return health.get();
        }

        @Override
        public ExplainableModel find(String model, String version) {
            throw new UnsupportedOperationException();
        }
    }
}
