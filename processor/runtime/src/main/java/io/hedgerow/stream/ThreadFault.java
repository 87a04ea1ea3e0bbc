package io.hedgerow.stream;

import io.hedgerow.device.DeviceException;
import io.hedgerow.serde.RegistryUnavailableException;
import io.hedgerow.topics.PartitionIncrease;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Why a stream thread failed.
 *
 * @param line for people
 * @param isPassing whether it is a device's, the broker's or the registry's, which come back by themselves
 * @param isDevices whether it is a device's
 */
record ThreadFault(String line, boolean isPassing, boolean isDevices) {
    /** How Kafka Streams, and a producer, say that an output has fewer partitions than the input. */
    private static final Pattern PARTITIONS = Pattern.compile(
            "xisting internal topic \\S+ has invalid partitions|Partition \\d+ of topic \\S+ with partition count \\d+"
                    + " is not");

    private static final List<Class<? extends Throwable>> PASSING = List.of(
            DeviceException.class,
            RegistryUnavailableException.class,
            RetriableException.class,
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            OutOfOrderSequenceException.class);

    static ThreadFault of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        Throwable root = causes.get(causes.size() - 1);
        String text = root instanceof ApiException || root.getMessage() == null ? root.toString() : root.getMessage();
        String line = OneLine.of(text);
        if (PARTITIONS.matcher(line).find()) {
            return new ThreadFault(
                    line + "; were partitions added to the input? " + PartitionIncrease.REMEDY, false, false);
        }
        return new ThreadFault(
                line,
                causes.stream().anyMatch(cause -> PASSING.stream().anyMatch(type -> type.isInstance(cause))),
                causes.stream().anyMatch(DeviceException.class::isInstance));
    }

    /** Whether the two differ in nothing but numbers, such as offsets. */
    boolean isLike(ThreadFault other) {
        return isPassing == other.isPassing && withoutNumbers(line).equals(withoutNumbers(other.line));
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("\\d+", "0");
    }
}
