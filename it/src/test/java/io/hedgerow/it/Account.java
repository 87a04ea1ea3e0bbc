package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.RecordInput;
import io.hedgerow.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.core.ConditionTimeoutException;

/** One application's topics, group and transactions, as the cluster shows them to anybody. */
final class Account implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(4);

    private final String bootstrap;
    private final String application;
    private final Topics topics;
    private final Deserializer<Explanation> explanations;
    private final Admin admin;

    Account(String bootstrap, String application, Topics topics, Deserializer<Explanation> explanations) {
        this.bootstrap = bootstrap;
        this.application = application;
        this.topics = topics;
        this.explanations = explanations;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    /**
     * Waits until all input has been committed, nothing is open, and the ledger has nothing to complain of: Kafka Streams may
     * open and end one more transaction, of positions alone, while the ledger is drawn up. What is lost, doubled or swapped
     * stays so.
     */
    void requireComplete() throws Exception {
        try {
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> isDone()
                            && !hasOpenTransaction()
                            && ledger().problems().isEmpty());
        } catch (ConditionTimeoutException e) {
            // The ledger says what is missing.
            assertThat(ledger().problems()).isEmpty();
        }
    }

    /** Waits until the group has committed all input. */
    void awaitDone() {
        await().atMost(LONG).pollInterval(Duration.ofMillis(300)).until(this::isDone);
    }

    /** How many input records the group has committed. */
    long consumed() throws ExecutionException, InterruptedException {
        return committed().values().stream().mapToLong(Long::longValue).sum();
    }

    /** All explanations, decoded. */
    List<Explanation> decoded() {
        return explanations().stream()
                .map(record -> explanations.deserialize(record.topic(), record.value()))
                .toList();
    }

    /** Whether the group has committed all input. */
    boolean isDone() throws ExecutionException, InterruptedException {
        return committed().equals(ends(topics.input(), IsolationLevel.READ_COMMITTED));
    }

    /** Whether any transaction of the application, or any output partition's end, is open. */
    boolean hasOpenTransaction() throws ExecutionException, InterruptedException {
        for (String topic : outputs()) {
            if (!ends(topic, IsolationLevel.READ_COMMITTED).equals(ends(topic, IsolationLevel.READ_UNCOMMITTED))) {
                return true;
            }
        }
        return !transactions().isEmpty();
    }

    /** The account of everything that is visible now. */
    OutcomeLedger ledger() throws ExecutionException, InterruptedException {
        OutcomeLedger ledger = new OutcomeLedger();
        input().forEach(record -> ledger.input(record.partition(), record.offset()));
        for (ConsumerRecord<byte[], byte[]> record : explanations()) {
            Explanation explanation = explanations.deserialize(record.topic(), record.value());
            assertThat(explanation.getInputs()).hasSize(1);
            RecordInput input = explanation.getInputs().get(0);
            ledger.outcome(record.topic(), record.partition(), input.getPartition(), input.getOffset());
        }
        for (ConsumerRecord<byte[], byte[]> record : deadLetters()) {
            ledger.outcome(
                    record.topic(),
                    record.partition(),
                    Integer.parseInt(header(record, "__streams.errors.partition")),
                    Long.parseLong(header(record, "__streams.errors.offset")));
        }
        for (String topic : outputs()) {
            Map<TopicPartition, Long> uncommitted = ends(topic, IsolationLevel.READ_UNCOMMITTED);
            ends(topic, IsolationLevel.READ_COMMITTED)
                    .forEach((partition, end) ->
                            ledger.end(topic, partition.partition(), end, uncommitted.get(partition)));
        }
        transactions()
                .forEach(open ->
                        ledger.transaction(open.transactionalId(), open.state().toString()));
        Map<TopicPartition, Long> committed = committed();
        ends(topics.input(), IsolationLevel.READ_COMMITTED)
                .forEach((partition, end) ->
                        ledger.group(partition.partition(), committed.getOrDefault(partition, 0L), end));
        return ledger;
    }

    List<ConsumerRecord<byte[], byte[]>> input() {
        return readAll(topics.input());
    }

    List<ConsumerRecord<byte[], byte[]>> explanations() {
        return readAll(topics.explanations());
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return readAll(topics.deadLetters());
    }

    /** All outcomes that a read-committed consumer gets now. */
    int outcomes() {
        return explanations().size() + deadLetters().size();
    }

    /** What the group's members whose client ids begin with {@code client} are to read. */
    Set<Integer> assigned(String client) throws ExecutionException, InterruptedException {
        Set<Integer> partitions = new TreeSet<>();
        admin.describeConsumerGroups(List.of(application)).all().get().get(application).members().stream()
                .filter(member -> member.clientId().startsWith(client))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .forEach(partition -> partitions.add(partition.partition()));
        return partitions;
    }

    /** How many partitions each of those members is to read. */
    List<Integer> shares(String client) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(application)).all().get().get(application).members().stream()
                .filter(member -> member.clientId().startsWith(client))
                .map(member -> member.assignment().topicPartitions().size())
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        admin.close();
    }

    private List<String> outputs() {
        return List.of(topics.explanations(), topics.deadLetters());
    }

    private List<TransactionListing> transactions() throws ExecutionException, InterruptedException {
        ListTransactionsOptions open = new ListTransactionsOptions()
                .filterStates(List.of(
                        TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
        return admin.listTransactions(open).all().get().stream()
                .filter(listing -> listing.transactionalId().startsWith(application + "-"))
                .toList();
    }

    /** Where the group is in each partition: a partition that never had a record is not committed, yet done. */
    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        ends(topics.input(), IsolationLevel.READ_COMMITTED).keySet().forEach(partition -> committed.put(partition, 0L));
        admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition, offset.offset()));
        return committed;
    }

    private List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "fetch.max.wait.ms", 50);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = ends(topic, IsolationLevel.READ_COMMITTED);
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            long deadline = System.nanoTime() + LONG.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                assertThat(System.nanoTime()).as("%s can't be read", topic).isLessThan(deadline);
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return records;
    }

    private Map<TopicPartition, Long> ends(String topic, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
