package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes of {@code hedgerow run} that come, go, and are not alike. */
@DisabledOnOs(OS.WINDOWS)
class ITInstances {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int PARTITIONS = 4;

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;
    private static HttpRegistry registry;
    private static RegistrySerde<Explanation> serde;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
        registry = new HttpRegistry();
        serde = RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()));
    }

    @AfterAll
    static void stop() {
        serde.close();
        registry.close();
        broker.close();
    }

    @Test
    void shouldDrainWhenToldToStopAndLeaveTheRestToOthers() throws Exception {
        Topics topics = topics("stop");
        try (Account account = account("stop", topics);
                TinyEvents events = events(topics);
                Instance first = instance("stop", "first", Instance.topics(topics) + "timeouts.shutdown: 30s")) {
            first.awaitReady();
            events.send(4000);
            await().atMost(LONG).until(() -> account.outcomes() > 0);
            first.terminate();
            Launcher.Result result = first.result();

            assertThat(result.code()).as(result.err()).isEqualTo(143);
            assertThat(result.err()).contains("Stopped").doesNotContain("before everything was drained");
            assertThat(account.outcomes())
                    .as("outcomes at the stop: work must be left")
                    .isLessThan(4000);
            assertThat(account.hasOpenTransaction()).as("open transaction").isFalse();
            assertThat(account.assigned("first"))
                    .as("what the stopped one still holds")
                    .isEmpty();
            try (Instance second = instance("stop", "second", Instance.topics(topics))) {
                account.requireComplete();
                assertThat(second.isAlive()).isTrue();
            }
        }
    }

    @Test
    void shouldSayInEveryExplanationWhichModelMadeIt() throws Exception {
        Topics topics = topics("models");
        String other = Instance.topics(topics);
        try (Account account = account("models", topics);
                TinyEvents events = events(topics);
                Instance first = instance("models", "first", other);
                Instance second = Instance.start(
                        folder,
                        config("models", "second", other).replace("binary_gray_keras3", "binary_gray_keras2"))) {
            first.awaitReady();
            second.awaitReady();
            await().atMost(LONG)
                    .until(() -> account.assigned("first").size() == 2
                            && account.assigned("second").size() == 2);
            events.send(200);

            account.requireComplete();
            assertThat(account.deadLetters()).isEmpty();
            Set<String> digests = account.explanations().stream()
                    .map(record -> serde.deserializer().deserialize(record.topic(), record.value()))
                    .map(explanation -> explanation.getModel().getSha256())
                    .collect(Collectors.toSet());
            assertThat(digests).hasSize(2);
        }
    }

    @Test
    void shouldNeedNoDiskForItsState() throws Exception {
        Topics topics = topics("diskless");
        Path taken = Files.createFile(folder.resolve("taken"));
        broker.createTopic("diskless-audit", PARTITIONS, Map.of());
        broker.createTopic("diskless-checkpoints", PARTITIONS, Map.of());
        String unwritable = Instance.topics(topics)
                        .replace(
                                "audit.enabled: false",
                                "topics.audit: diskless-audit\ntopics.checkpoints: diskless-checkpoints")
                + "kafka.state.dir: " + taken.resolve("state");
        try (Account account = account("diskless", topics);
                TinyEvents events = events(topics);
                Instance instance = instance("diskless", "it", unwritable)) {
            events.send(200);

            account.requireComplete();
            assertThat(account.deadLetters()).isEmpty();
            assertThat(instance.isAlive()).as(instance.log()).isTrue();
        }
    }

    @Test
    void shouldRefuseToJoinInstancesWithAnotherTopology() throws Exception {
        Topics topics = topics("alike");
        Topics others = topics("unlike");
        try (Account account = account("alike", topics);
                TinyEvents events = events(topics);
                Instance first = instance("alike", "first", Instance.topics(topics))) {
            first.awaitReady();
            try (Instance second = instance(
                    "alike",
                    "second",
                    Instance.topics(new Topics(topics.input(), others.explanations(), topics.deadLetters())))) {
                Launcher.Result result = second.result();

                assertThat(result.code()).as(result.err()).isEqualTo(1);
                assertThat(result.err().lines().filter(line -> line.startsWith("hedgerow: ")))
                        .singleElement()
                        .asString()
                        .contains("instances of application alike with another topology are running, as clients first");
            }
            events.send(100);

            account.requireComplete();
            assertThat(first.isAlive()).as(first.log()).isTrue();
        }
    }

    private static Topics topics(String name) {
        Topics topics = new Topics(name + "-events", name + "-explanations", name + "-dlq");
        for (String topic : List.of(topics.input(), topics.explanations(), topics.deadLetters())) {
            broker.createTopic(topic, PARTITIONS, Map.of());
        }
        return topics;
    }

    private static Account account(String application, Topics topics) {
        return new Account(broker.bootstrapServers(), application, topics, serde.deserializer());
    }

    private static TinyEvents events(Topics topics) throws Exception {
        return new TinyEvents(broker.bootstrapServers(), registry.url(), topics.input(), PARTITIONS);
    }

    private static Instance instance(String application, String name, String more) throws Exception {
        return Instance.start(folder, config(application, name, more));
    }

    private static String config(String application, String name, String more) {
        return Instance.config(application, name, broker.bootstrapServers(), registry.url(), more);
    }
}
