package io.hedgerow.deadletters;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant.
 *
 * @param reasons empty for all
 * @param partition of the dead letter topic; null for all
 * @param from first in each partition; null for the oldest
 * @param to first that is not meant any more; null for none: up to the end as it is when reading begins
 */
public record DeadLetterFilter(
        Set<String> reasons, @Nullable Integer partition, @Nullable OffsetBound from, @Nullable OffsetBound to) {
    boolean includes(DeadLetter letter) {
        return reasons.isEmpty() || reasons.contains(letter.reason());
    }
}
