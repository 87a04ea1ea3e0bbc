package io.hedgerow.serde;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** Names of the subjects under which topics' schemas are registered, known by the class names of Confluent's strategies. */
enum SubjectNames {
    /** {@code TOPIC-value} or {@code TOPIC-key}. */
    TopicNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return topic + (isKey ? "-key" : "-value");
        }
    },
    /** The record's full name. */
    RecordNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return schema.getFullName();
        }
    },
    /** {@code TOPIC-} and the record's full name. */
    TopicRecordNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    abstract String subject(String topic, boolean isKey, Schema schema);

    /** Takes a class name of Confluent's, with or without its package. */
    static SubjectNames of(String key, String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(strategy -> strategy.name().equals(simple))
                .findFirst()
                .orElseThrow(() -> new ConfigException(key, className, "Use one of " + Arrays.toString(values())));
    }
}
