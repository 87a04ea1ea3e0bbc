package io.hedgerow.web;

import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * How Kafka Streams is. Rebalancing, and restoring, which goes by the same name, is no reason for a restart: it would begin
 * another rebalance.
 */
public final class StreamsHealth implements Health.Source {
    private final Supplier<State> state;

    /** Takes {@code KafkaStreams::state}. */
    public StreamsHealth(Supplier<State> state) {
        this.state = state;
    }

    @Override
    public Health health() {
        State now = state.get();
        boolean dead = now == State.ERROR || now == State.PENDING_ERROR;
        return new Health("streams", !dead, now == State.RUNNING, now.name());
    }
}
