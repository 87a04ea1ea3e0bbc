package io.hedgerow.monitor.stream;

import io.hedgerow.monitor.MonitorSettings;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Brings together what came of all partitions, closes windows of event time, and sends out what monitors find. All that it knows is
 * in its store, so that what it writes is the same wherever and however often it was started anew in between. Wall-clock time only
 * tells when to look: no window is closed before events have come past it.
 */
final class MergeProcessor implements Processor<byte[], byte[], String, Outgoing> {
    /** Its store. */
    static final String STATE = "state";

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final long WARM_UP = Duration.ofSeconds(2).toMillis();

    private final MonitorInputs inputs;
    private final MonitorSettings settings;
    private final MonitorSerdes serdes;
    private final Pictures pictures;
    private final MonitorMeters meters;
    private final PartialCodec codec = new PartialCodec();

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
    private Task task;

    /** What is there once the task has begun, at a time of the wall clock. */
    private static final class Task {
        private final ProcessorContext<String, Outgoing> context;
        private final MergeState state;
        private long from;

        Task(ProcessorContext<String, Outgoing> context, MergeState state) {
            this.context = context;
            this.state = state;
            from = context.currentSystemTimeMs();
        }

        /** Whether every partition has had time to say that it is read, on a clock that may be set back. */
        boolean isWarm(long now) {
            from = Math.min(from, now);
            return now - from >= WARM_UP;
        }
    }

    MergeProcessor(
            MonitorInputs inputs,
            MonitorSettings settings,
            MonitorSerdes serdes,
            Pictures pictures,
            MonitorMeters meters) {
        this.inputs = inputs;
        this.settings = settings;
        this.serdes = serdes;
        this.pictures = pictures;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        MergeState state =
                new MergeState(inputs, settings, serdes, pictures, meters, context.getStateStore(STATE), context);
        task = new Task(context, state);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
        context.schedule(IDLE, PunctuationType.WALL_CLOCK_TIME, state::idle);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long now = task.context.currentSystemTimeMs();
        task.state.add(codec.read(record.value()), now);
        if (task.isWarm(now)) {
            task.state.close(now);
        }
    }

    @Override
    public void close() {
        meters.clear();
        pictures.close();
    }

    private void look(long now) {
        if (task.isWarm(now)) {
            task.state.close(now);
        }
        task.state.countLate();
        task.state.showQuiet(now);
        task.state.save();
    }
}
