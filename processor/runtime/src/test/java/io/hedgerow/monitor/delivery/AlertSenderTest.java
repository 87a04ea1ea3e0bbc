package io.hedgerow.monitor.delivery;

import static io.hedgerow.AlertState.CLOSED;
import static io.hedgerow.AlertState.OPENED;
import static io.hedgerow.AlertState.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.Alert;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.monitor.delivery.HttpReceiver.Request;
import io.hedgerow.monitor.delivery.Receivers.Webhook;
import io.hedgerow.serde.RegistrySerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertSenderTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] SECRET = "a secret of twenty-four b".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OLD_SECRET = "the one before it, old one".getBytes(StandardCharsets.UTF_8);
    private static final DeliveryTimes TIMES = new DeliveryTimes(
            Duration.ofSeconds(2),
            List.of(Duration.ofMillis(50), Duration.ofMillis(200)),
            Duration.ofMillis(300),
            Duration.ofSeconds(1));

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;

    private final RegistrySerde<Alert> serde =
            RegistrySerde.of(Alert.class, Map.of("schema.registry.url", "mock://sender"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private HttpReceiver receiver;
    private KafkaProducer<String, Alert> producer;
    private String topic;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void open(TestInfo test) throws IOException {
        topic = test.getTestMethod().orElseThrow().getName().toLowerCase() + System.nanoTime();
        broker.createTopic(topic, 1, Map.of());
        receiver = new HttpReceiver();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), serde.serializer());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        receiver.close();
        producer.close();
    }

    @Test
    void shouldPostEachRevisionSignedAndInOrder() throws Exception {
        send(Alerts.alert("a1", 1, OPENED));
        Webhook hook = new Webhook(receiver.url("/hook"), List.of(SECRET, OLD_SECRET), true);
        sender(new Receivers(null, List.of(hook), URI.create("https://hedgerow.example/")));
        awaitPosts(1);
        send(Alerts.alert("a1", 2, UPDATED));
        send(Alerts.alert("a1", 3, CLOSED));
        awaitPosts(3);

        assertThat(ids()).containsExactly("alert_a1-1", "alert_a1-2", "alert_a1-3");
        assertThat(receiver.requests())
                .extracting(request -> request.body().get("type").asText())
                .containsExactly("hedgerow.alert.opened", "hedgerow.alert.updated", "hedgerow.alert.closed");
        Request first = receiver.requests().get(0);
        String signed = first.header("webhook-id") + "." + first.header("webhook-timestamp") + "."
                + new String(first.bytes(), StandardCharsets.UTF_8);
        assertThat(first.header("webhook-signature"))
                .isEqualTo("v1," + hmac(SECRET, signed) + " v1," + hmac(OLD_SECRET, signed));
        assertThat(first.header("ce-id")).isEqualTo("alert_a1-1");
        assertThat(first.header("ce-type")).isEqualTo("io.hedgerow.alert.opened.v1");
        JsonNode data = first.body().get("data");
        assertThat(data.get("class").get("label").asText()).isEqualTo("stain");
        assertThat(data.get("message").asText()).isEqualTo("stain rose from 23 % to 94 % of what is decided \"…\"");
        assertThat(data.get("link").asText()).isEqualTo("https://hedgerow.example/#alert=a1");
        assertThat(data.get("examples").get(4).get("offset").asLong()).isEqualTo(7);
        assertThat(first.bytes()).hasSizeLessThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hangs", "301", "500", "429", "404", "10 MB"})
    void shouldTryAgainUntilAReceiverTakesIt(String trouble) throws Exception {
        HttpReceiver elsewhere = opened(new HttpReceiver());
        switch (trouble) {
            case "hangs" -> receiver.hang();
            case "301" ->
                receiver.behave(exchange -> {
                    exchange.getResponseHeaders()
                            .add("location", elsewhere.url("/").toString());
                    exchange.sendResponseHeaders(301, -1);
                });
            case "429" ->
                receiver.behave(exchange -> {
                    exchange.getResponseHeaders().add("retry-after", "1");
                    exchange.sendResponseHeaders(429, -1);
                });
            case "10 MB" ->
                receiver.behave(exchange -> {
                    exchange.sendResponseHeaders(500, 10 << 20);
                    exchange.getResponseBody().write(new byte[10 << 20]);
                });
            default -> receiver.status(Integer.parseInt(trouble));
        }
        HttpReceiver other = opened(new HttpReceiver());
        sender(new Receivers(null, List.of(unsigned(receiver), unsigned(other)), null));
        send(Alerts.alert("a1", 1, OPENED));
        send(Alerts.alert("a2", 1, OPENED));

        // one in trouble holds up nobody else
        await().atMost(LONG).until(() -> other.requests().size() == 2);
        awaitPosts(2);
        receiver.status(200);
        await().atMost(LONG).until(() -> ids().get(ids().size() - 1).equals("alert_a2-1"));

        assertThat(ids().subList(0, ids().size() - 1)).containsOnly("alert_a1-1");
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(other.requests()).hasSize(2);
        assertThat(receiver.requests().get(0).headers()).doesNotContainKey("Webhook-signature");
    }

    @Test
    void shouldTakeA10MegabyteAnswerForWhatItsStatusSays() throws Exception {
        receiver.behave(exchange -> {
            exchange.sendResponseHeaders(200, 10 << 20);
            exchange.getResponseBody().write(new byte[10 << 20]);
        });
        sender(new Receivers(null, List.of(unsigned(receiver)), null));
        send(Alerts.alert("a1", 1, OPENED));
        send(Alerts.alert("a1", 2, CLOSED));
        awaitPosts(2);

        assertThat(ids()).containsExactly("alert_a1-1", "alert_a1-2");
    }

    @Test
    void shouldLoseNothingWhileAReceiverIsAwayAndRepeatNothingAfterARestart() throws Exception {
        int port = receiver.port();
        receiver.close();
        HttpReceiver other = opened(new HttpReceiver());
        Receivers both =
                new Receivers(null, List.of(new Webhook(receiver.url("/"), List.of(), false), unsigned(other)), null);
        AlertSender first = sender(both);
        send(Alerts.alert("a1", 1, OPENED));
        send(Alerts.alert("a2", 1, OPENED));
        await().atMost(LONG).until(() -> other.requests().size() == 2);
        await().atMost(LONG).until(() -> committed().contains(":2"));
        first.close();

        receiver = new HttpReceiver(port);
        sender(both);
        awaitPosts(2);
        send(Alerts.alert("a2", 2, CLOSED));
        awaitPosts(3);
        await().atMost(LONG).until(() -> other.requests().size() == 3);

        assertThat(ids()).containsExactly("alert_a1-1", "alert_a2-1", "alert_a2-2");
        assertThat(other.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsExactly("alert_a1-1", "alert_a2-1", "alert_a2-2");
    }

    @Test
    void shouldDropUpdatesThatALaterRevisionOvertook() throws Exception {
        receiver.status(500);
        sender(new Receivers(null, List.of(unsigned(receiver)), null));
        send(Alerts.alert("a1", 1, OPENED));
        awaitPosts(1);
        for (int revision = 2; revision < 40; revision++) {
            send(Alerts.alert("a1", revision, UPDATED));
        }
        await().atMost(LONG)
                .until(() -> meters.get("hedgerow.alerts.waiting").gauge().value() == 2);
        send(Alerts.alert("a1", 40, CLOSED));
        await().atMost(LONG).until(() -> committedEnd() == 0);
        receiver.status(200);
        await().atMost(LONG).until(() -> committedEnd() == 40);

        assertThat(ids().stream().distinct()).containsExactly("alert_a1-1", "alert_a1-40");
    }

    @Test
    void shouldLeaveAReceiverAloneThatIsGone() throws Exception {
        receiver.status(410);
        HttpReceiver other = opened(new HttpReceiver());
        sender(new Receivers(null, List.of(unsigned(receiver), unsigned(other)), null));
        send(Alerts.alert("a1", 1, OPENED));
        awaitPosts(1);
        send(Alerts.alert("a2", 1, OPENED));
        await().atMost(LONG).until(() -> committedEnd() == 2);

        assertThat(receiver.requests()).hasSize(1);
        assertThat(other.requests()).hasSize(2);
    }

    @Test
    void shouldPassOverWhatAReceiverCanNeverUse() throws Exception {
        receiver.behave(exchange -> exchange.sendResponseHeaders(
                exchange.getRequestHeaders().getFirst("webhook-id").equals("alert_a1-1") ? 422 : 200, -1));
        sender(new Receivers(null, List.of(unsigned(receiver)), null));
        send(Alerts.alert("a1", 1, OPENED));
        send(Alerts.alert("a2", 1, OPENED));
        await().atMost(LONG).until(() -> committedEnd() == 2);

        assertThat(ids()).containsExactly("alert_a1-1", "alert_a1-1", "alert_a1-1", "alert_a2-1");
    }

    @Test
    void shouldTellAnAlertmanagerAgainAndAgainWhatIsOpen() throws Exception {
        send(Alerts.alert("closed-before", 1, OPENED));
        send(Alerts.alert("closed-before", 2, CLOSED));
        send(Alerts.alert("a1", 1, OPENED));
        receiver.status(503);
        sender(new Receivers(receiver.url("/prefix"), List.of(), null));
        awaitPosts(2);
        receiver.status(200);
        awaitPosts(5);
        int open = receiver.requests().size();
        send(Alerts.alert("a1", 2, CLOSED));
        await().atMost(LONG)
                .until(() -> Instant.parse(last().get(0).get("endsAt").asText()).isBefore(Instant.now()));

        Request told = receiver.requests().get(open - 1);
        assertThat(told.path()).isEqualTo("/prefix/api/v2/alerts");
        assertThat(told.body()).hasSize(1);
        assertThat(told.body().get(0).get("labels"))
                .hasToString("{\"alertname\":\"HedgerowClassShare\",\"alert\":\"a1\",\"model\":\"surface\","
                        + "\"version\":\"1\",\"class\":\"stain\",\"severity\":\"warning\"}");
        assertThat(told.body().get(0).get("startsAt").asText()).isEqualTo("2026-05-01T12:00:10Z");
        assertThat(Instant.parse(told.body().get(0).get("endsAt").asText()))
                .isAfter(Instant.now().minus(LONG));
    }

    private AlertSender sender(Receivers receivers) {
        return opened(new AlertSender(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        topic + "-sender",
                        "session.timeout.ms",
                        6000),
                topic,
                serde.deserializer(),
                receivers,
                TIMES,
                Clock.systemUTC(),
                meters));
    }

    private static Webhook unsigned(HttpReceiver receiver) {
        return new Webhook(receiver.url("/"), List.of(), false);
    }

    private void send(Alert alert) throws Exception {
        producer.send(new ProducerRecord<>(topic, alert.getId(), alert)).get();
    }

    private void awaitPosts(int count) {
        await().atMost(LONG).until(() -> receiver.requests().size() >= count);
    }

    private List<String> ids() {
        return receiver.requests().stream()
                .map(request -> request.header("webhook-id"))
                .toList();
    }

    private JsonNode last() {
        return receiver.requests().get(receiver.requests().size() - 1).body();
    }

    private String committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return String.valueOf(admin.listConsumerGroupOffsets(topic + "-sender")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, 0)));
        }
    }

    private long committedEnd() throws Exception {
        return Long.parseLong(
                committed().replaceAll("(?s).*offset=(\\d+).*", "$1").replace("null", "-1"));
    }

    private static String hmac(byte[] secret, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }
}
