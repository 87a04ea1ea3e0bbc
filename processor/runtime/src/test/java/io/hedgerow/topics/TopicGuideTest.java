package io.hedgerow.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicGuideTest {
    private static final Path GUIDE = Path.of("../../docs/topics.md");
    private static final Topics BY_KEY = new Topics(
            "topics.events", "topics.explanations", "topics.dead-letters", "topics.audit", "topics.checkpoints");

    private static final MonitorTopics MONITOR =
            new MonitorTopics("topics.profiles", "topics.references", "topics.alerts");

    @Test
    void shouldListEveryTopicAsItIsCreated() throws IOException {
        long image = 1 << 20;
        int explanation = 1 << 19;
        Duration day = Duration.ofDays(1);
        // What the guide says in words, for these figures.
        Map<String, String> words = Map.of(
                "`--retention`", millis(day),
                "`--retention`, at least 30d", millis(Duration.ofDays(30)),
                "128 KB", bytes(128 << 10),
                "1 MB", bytes(1 << 20),
                "`--retention`, default 7d", millis(day),
                "`--retention`, at least 184d", millis(Duration.ofDays(184)),
                "`limits.image-bytes` and 64 KB", bytes(image + (64 << 10)),
                "`limits.record-bytes`", bytes(explanation),
                "what `topics.events` takes and 16 KB, so that a dead letter keeps its event",
                        bytes(image + (80 << 10)),
                "64 KB", bytes(64 << 10));

        List<List<String>> listed = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| `topics."))
                .map(line -> List.of(line.split(" *\\| *")))
                .map(cells -> List.of(
                        cells.get(1).replace("`", ""),
                        cells.get(3).replace("`", ""),
                        words.getOrDefault(cells.get(4), cells.get(4)),
                        words.getOrDefault(cells.get(5), cells.get(5))))
                .toList();

        assertThat(listed)
                .isEqualTo(TopicPlan.of(BY_KEY, 4, day, image, explanation, 0).with(MONITOR, day).topics().stream()
                        .map(topic -> List.of(
                                topic.name(),
                                topic.settings().get("cleanup.policy"),
                                topic.settings().get("retention.ms"),
                                topic.settings().get("max.message.bytes")))
                        .toList());
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    private static String bytes(long bytes) {
        return Long.toString(bytes);
    }
}
