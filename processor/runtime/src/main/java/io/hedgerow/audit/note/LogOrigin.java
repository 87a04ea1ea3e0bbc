package io.hedgerow.audit.note;

/**
 * Names of an application's logs.
 *
 * @param cluster id of the Kafka cluster
 * @param application {@code application.id}
 * @param topic of the input
 */
public record LogOrigin(String cluster, String application, String topic) {
    /** The origin of one partition's log. */
    public String of(int partition) {
        return cluster + "/" + application + "/" + topic + "/" + partition;
    }
}
