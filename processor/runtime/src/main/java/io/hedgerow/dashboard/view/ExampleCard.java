package io.hedgerow.dashboard.view;

import io.hedgerow.Example;
import io.hedgerow.RecordInput;
import org.jspecify.annotations.Nullable;

/**
 * An event to look at.
 *
 * @param topic of its input record; null if it isn't known
 * @param thumbnail address of a small picture; null without one
 */
public record ExampleCard(
        String eventId,
        long time,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable String thumbnail) {
    static ExampleCard of(Example example, @Nullable String thumbnail) {
        RecordInput input = example.getInput();
        return new ExampleCard(
                example.getEventId(),
                example.getTime().toEpochMilli(),
                input == null ? null : input.getTopic(),
                input == null ? null : (Integer) input.getPartition(),
                input == null ? null : (Long) input.getOffset(),
                hasPicture(example) ? thumbnail : null);
    }

    static boolean hasPicture(Example example) {
        return example.getThumbnail() != null && example.getThumbnail().hasRemaining();
    }
}
