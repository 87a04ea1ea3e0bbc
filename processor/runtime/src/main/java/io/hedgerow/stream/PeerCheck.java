package io.hedgerow.stream;

import io.hedgerow.digest.Sha256;
import io.hedgerow.topics.TopicException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the other instances of the application run the same topology. With another one, Kafka Streams would hand
 * tasks to instances that don't have them, or outcomes would be spread over different topics. Instances show their topology
 * in their client ids, the only thing of their own that Kafka shows to others.
 */
public final class PeerCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerCheck.class);
    private static final Pattern CLIENT = Pattern.compile("(.*)-t([0-9a-f]{8})-StreamThread-\\d+-consumer");
    private static final int DIGITS = 8;
    private static final long LOOK_MILLIS = 500;

    private final Admin admin;
    private final String application;
    private final Duration timeout;

    /**
     * Connects to the cluster.
     *
     * @param kafka Kafka Streams' settings by Kafka's names, at least {@code application.id} and
     *     {@code bootstrap.servers}
     * @param timeout how long to wait for each answer
     */
    public PeerCheck(Map<String, ?> kafka, Duration timeout) {
        this.admin = Admin.create(new StreamsConfig(kafka).getAdminConfigs("hedgerow-peers"));
        this.application = String.valueOf(kafka.get(StreamsConfig.APPLICATION_ID_CONFIG));
        this.timeout = timeout;
    }

    /** A client id that shows which topology its owner runs. */
    static String clientId(String own, HedgerowTopology topology) {
        return own + "-t" + print(topology);
    }

    /**
     * Checks the instances that are in the application's group now. Those that have just ended are members until their
     * session ends.
     *
     * @param patience how long to wait for those with another topology to leave
     * @throws TopicException if there still are any
     * @throws KafkaException if the cluster does not answer
     */
    public void require(HedgerowTopology topology, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean said = false;
        while (true) {
            Set<String> others = others(print(topology));
            if (others.isEmpty()) {
                return;
            }
            if (System.nanoTime() >= end) {
                throw new TopicException(
                        "instances of application %s with another topology are running, as clients %s: topics, and whatever else changes the topology, must be the same for all; stop those first, or set another application.id"
                                .formatted(application, String.join(", ", others)));
            }
            if (!said) {
                LOG.warn("Waiting for clients {} with another topology to leave group {}", others, application);
                said = true;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private Set<String> others(String own) {
        Set<String> others = new TreeSet<>();
        for (MemberDescription member : members()) {
            Matcher client = CLIENT.matcher(member.clientId());
            if (client.matches() && !client.group(2).equals(own)) {
                others.add(client.group(1) + " at " + member.host().replaceFirst("^/", ""));
            }
        }
        return others;
    }

    private Iterable<MemberDescription> members() {
        try {
            var described = admin.describeConsumerGroups(List.of(application)).describedGroups();
            return described
                    .values()
                    .iterator()
                    .next()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .members();
        } catch (TimeoutException e) {
            throw new KafkaException("no answer about group %s within %s".formatted(application, timeout), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException || e.getCause() instanceof AuthorizationException) {
                // The first instance has no group yet; and not everybody may look at groups.
                return List.of();
            }
            throw new KafkaException(
                    "the cluster did not tell who is in group %s: %s".formatted(application, e.getCause()),
                    e.getCause());
        }
    }

    private static String print(HedgerowTopology topology) {
        return Sha256.hex(topology.topology().describe().toString()).substring(0, DIGITS);
    }
}
