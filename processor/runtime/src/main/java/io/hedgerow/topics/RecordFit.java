package io.hedgerow.topics;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fit of the limits on records to what the topics, and the user's own settings of the producer, let through. */
final class RecordFit {
    private static final Logger LOG = LoggerFactory.getLogger(RecordFit.class);

    private final ClusterTopics cluster;
    private final Map<String, ?> kafka;

    /** Takes the cluster, and the user's settings by Kafka's names. */
    RecordFit(ClusterTopics cluster, Map<String, ?> kafka) {
        this.cluster = cluster;
        this.kafka = kafka;
    }

    /**
     * Fits limits to the cluster, and logs what they are lowered to.
     *
     * @param wanted limits as configured; for dead letters what events of the configured size need
     */
    RecordLimits fit(Topics topics, RecordLimits wanted) {
        int explanation = least(topics.explanations(), wanted.explanation(), wanted.explanation());
        if (explanation < wanted.explanation()) {
            LOG.warn(
                    "Explanations may take {} bytes, not the {} of limits.record-bytes: {} lets no more through; what"
                            + " is larger gets coarser maps",
                    explanation,
                    wanted.explanation(),
                    who(topics.explanations()));
        }
        OptionalInt event = cluster.recordBytes(topics.input());
        int letterWanted = event.isPresent() ? RecordLimits.deadLetterOf(event.getAsInt()) : wanted.deadLetter();
        int letter = least(topics.deadLetters(), letterWanted, wanted.explanation());
        if (letter < letterWanted) {
            LOG.warn(
                    "Dead letters may take {} bytes, but {} takes events that need {}: {} lets no more through; larger"
                            + " ones lose their value and can't be replayed",
                    letter,
                    topics.input(),
                    letterWanted,
                    who(topics.deadLetters()));
        }
        return new RecordLimits(explanation, letter);
    }

    private int least(String topic, int wanted, int unknown) {
        return Math.min(wanted, Math.min(cluster.recordBytes(topic).orElse(unknown), producer()));
    }

    /** What of all that limits records of the topic is the least. */
    private String who(String topic) {
        OptionalInt taken = cluster.recordBytes(topic);
        if (producer() < taken.orElse(Integer.MAX_VALUE)) {
            return "the kafka settings' %s or %s"
                    .formatted(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BUFFER_MEMORY_CONFIG);
        }
        return taken.isPresent()
                ? "%s of topic %s".formatted(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, topic)
                : "topic %s, whose settings can't be read without DescribeConfigs, perhaps".formatted(topic);
    }

    private int producer() {
        Map<String, Object> own = new StreamsConfig(kafka).getProducerConfigs("");
        return (int) Stream.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BUFFER_MEMORY_CONFIG)
                .filter(own::containsKey)
                .mapToLong(name -> (Long) ConfigDef.parseType(name, own.get(name), ConfigDef.Type.LONG))
                .reduce(Integer.MAX_VALUE, Math::min);
    }
}
