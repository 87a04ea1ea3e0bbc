/**
 * The Kafka Streams topology: prediction events in, an explanation or a dead letter out for every one of them, exactly
 * once, in the order and partition of the input. Records are explained ahead of Streams, so that the device gets batches.
 */
@NullMarked
package io.hedgerow.stream;

import org.jspecify.annotations.NullMarked;
