package io.hedgerow.cli.stream;

import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.deadletters.DeadLetterFilter;
import io.hedgerow.deadletters.DeadLetterTopics;
import io.hedgerow.deadletters.OffsetBound;
import io.hedgerow.event.Reason;
import io.hedgerow.service.Connection;
import io.hedgerow.topics.TopicCheck;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which dead letters are meant. */
final class DeadLetterOptions {
    /** What a broker takes in one request, unless told otherwise. */
    private static final int LARGEST_REQUEST = 100 << 20;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, hedgerow.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            split = ",",
            converter = ReasonConverter.class,
            completionCandidates = ReasonTags.class,
            description = "Only letters with one of these reasons: ${COMPLETION-CANDIDATES}.")
    private List<Reason> reasons = List.of();

    @Option(names = "--partition", paramLabel = "N", description = "Only letters in this partition.")
    private @Nullable Integer partition;

    @Option(
            names = "--from",
            paramLabel = "OFFSET|TIME",
            converter = BoundConverter.class,
            description = "The first letter in each partition: an offset, or a time like 2026-03-01T06:00:00Z.")
    private @Nullable OffsetBound from;

    @Option(
            names = "--to",
            paramLabel = "OFFSET|TIME",
            converter = BoundConverter.class,
            description = "The first letter in each partition that is not meant any more: an offset or a time.")
    private @Nullable OffsetBound to;

    private static final class ReasonTags implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Reason.values()).map(Reason::tag).iterator();
        }
    }

    private static final class ReasonConverter implements ITypeConverter<Reason> {
        @Override
        public Reason convert(String text) {
            return Arrays.stream(Reason.values())
                    .filter(reason -> reason.tag().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' is no reason; there are %s".formatted(text, String.join(", ", new ReasonTags()))));
        }
    }

    private static final class BoundConverter implements ITypeConverter<OffsetBound> {
        @Override
        public OffsetBound convert(String text) {
            try {
                return OffsetBound.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    HedgerowConfig config() {
        return ConfigReader.read(file, System.getenv());
    }

    DeadLetterFilter selection() {
        Set<String> tags = reasons.stream().map(Reason::tag).collect(Collectors.toSet());
        return new DeadLetterFilter(tags, partition, from, to);
    }

    /** Connects, once it is certain that the topics are there. */
    static DeadLetterTopics connect(HedgerowConfig config) {
        Connection connection = Connection.of(config);
        Topics topics = connection.topics();
        try (TopicCheck check = new TopicCheck(connection.kafka(), connection.timeout())) {
            check.require(List.of(topics.input(), topics.deadLetters()));
            // Not everybody may look; then the broker says what is too large.
            int eventBytes = check.recordBytes(topics.input()).orElse(LARGEST_REQUEST);
            return new DeadLetterTopics(connection.kafka(), topics.input(), topics.deadLetters(), eventBytes);
        }
    }
}
