package io.hedgerow.deadletters;

import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Replay of dead letters back to where their events came from. Events and the marks that they have been replayed are sent in one
 * transaction for each batch read, by a producer whose transactional id is the dead letter topic's own: whatever ends in the
 * middle is sent by the next run, what was sent is not sent again, and of two runs at once the later ends the earlier.
 * Single-threaded.
 */
public final class Replay implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final MarkTopic topic;
    private final ReplayMarks marks;
    private final ReplayPolicy policy;

    /** Takes a producer in whose transactions nothing is open, which is closed with this, and marks read since. */
    Replay(Producer<byte[], byte[]> producer, MarkTopic topic, ReplayMarks marks, ReplayPolicy policy) {
        this.producer = producer;
        this.topic = topic;
        this.marks = marks;
        this.policy = policy;
    }

    /**
     * Replays letters, and returns when they are committed.
     *
     * @param letters as they were read, each partition in order
     * @param listener told of every letter, and what became of it, once that is committed; {@code REPLAYABLE} ones have been
     *     replayed
     * @throws KafkaException if nothing was replayed of these
     */
    public void replay(List<DeadLetter> letters, BiConsumer<DeadLetter, Replayability> listener) {
        List<Replayability> verdicts = letters.stream().map(policy::judge).toList();
        if (verdicts.stream().anyMatch(verdict -> verdict.kind() == Replayability.Kind.REPLAYABLE)) {
            send(letters, verdicts);
        }
        for (int i = 0; i < letters.size(); i++) {
            listener.accept(letters.get(i), verdicts.get(i));
        }
    }

    private void send(List<DeadLetter> letters, List<Replayability> verdicts) {
        try {
            producer.beginTransaction();
            for (int i = 0; i < letters.size(); i++) {
                DeadLetter letter = letters.get(i);
                switch (verdicts.get(i).kind()) {
                    case REPLAYABLE -> {
                        var unused = producer.send(letter.event());
                        marks.replayed(letter);
                    }
                    case REPLAYED -> marks.replayed(letter);
                    case UNREPLAYABLE -> marks.skip(letter);
                }
            }
            marks.takeChanges().forEach((key, value) -> {
                var unused = producer.send(topic.record(key, value));
            });
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new KafkaException("another replay of the same dead letters has begun, which ends this one", e);
        } catch (KafkaException e) {
            throw new KafkaException(
                    "replaying stopped at %s; run it again when this is mended: %s"
                            .formatted(letters.get(0), e.getMessage()),
                    e);
        }
    }

    /** Ends an open transaction without its events. */
    @Override
    public void close() {
        producer.close();
    }
}
