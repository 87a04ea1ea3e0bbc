package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class DemoPublisherTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final MockProducer<String, PredictionEvent> producer = new MockProducer<>(
            true, new RoundRobinPartitioner(), new StringSerializer(), (topic, event) -> new byte[0]);
    private final DemoStream stream = new DemoStream(
            1, 4, new ModelRef("surface-biased", "1"), file -> List.of(), Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<DemoEvent> told = new ArrayList<>();

    @Test
    void shouldSendTheEventsInOrderUnderTheirOwnIdsAndTimes() {
        long sent = publisher(1e6).publish(stream, 8, told::add);

        assertThat(sent).isEqualTo(8);
        assertThat(producer.history())
                .extracting(sentRecord -> sentRecord.topic() + " " + sentRecord.key() + " " + sentRecord.timestamp())
                .startsWith("events part-0 " + NOW.toEpochMilli(), "events part-1 " + NOW.toEpochMilli())
                .hasSize(8);
        assertThat(producer.history())
                .allSatisfy(sentRecord -> assertThat(sentRecord.value().getId()).isEqualTo(sentRecord.key()));
        assertThat(producer.flushed()).isTrue();
    }

    @Test
    void shouldTellOfEveryEvent() {
        publisher(1e6).publish(stream, 3, told::add);

        assertThat(told).extracting(event -> event.event().getId()).containsExactly("part-0", "part-1", "part-2");
    }

    @Test
    void shouldStopWhenInterruptedAndFlushWhatWasSent() {
        long sent = publisher(1e6)
                .publish(stream, 1000, event -> Thread.currentThread().interrupt());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(sent).isEqualTo(1);
        assertThat(producer.flushed()).isTrue();
    }

    @Test
    void shouldNameTheTopicThatCouldNotBeWritten() {
        MockProducer<String, PredictionEvent> refusing = new MockProducer<>(
                false, new RoundRobinPartitioner(), new StringSerializer(), (topic, event) -> new byte[0]);

        assertThatThrownBy(() -> new DemoPublisher(refusing, "events", 1e6)
                        .publish(stream, 5, event -> refusing.errorNext(new KafkaException("no space left"))))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("events")
                .hasMessageContaining("no space left");
        assertThat(refusing.history()).hasSize(1);
    }

    @Test
    void shouldRefuseARateThatIsNotAboveZero() {
        assertThatThrownBy(() -> publisher(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0");
        assertThatThrownBy(() -> publisher(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private DemoPublisher publisher(double rate) {
        return new DemoPublisher(producer, "events", rate);
    }
}
