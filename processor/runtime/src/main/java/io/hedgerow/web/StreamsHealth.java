package io.hedgerow.web;

import io.hedgerow.stream.ThreadFaults;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * How Kafka Streams is. Rebalancing, and restoring, which goes by the same name, is no reason for a restart: it would begin
 * another rebalance. A thread that was replaced makes it not ready for a minute, and dead if one cause has replaced threads for
 * five minutes while nothing was committed.
 */
public final class StreamsHealth implements Health.Source {
    private final Supplier<State> state;
    private final ThreadFaults faults;

    /** Takes {@code KafkaStreams::state}, and what threads are replaced for. */
    public StreamsHealth(Supplier<State> state, ThreadFaults faults) {
        this.state = state;
        this.faults = faults;
    }

    @Override
    public Health health() {
        State now = state.get();
        String fault = faults.recent().orElse("");
        boolean dead = now == State.ERROR || now == State.PENDING_ERROR || faults.isLasting();
        String detail = fault.isEmpty() ? now.name() : now + ", replaces threads: " + fault;
        return new Health("streams", !dead, now == State.RUNNING && fault.isEmpty(), detail);
    }
}
