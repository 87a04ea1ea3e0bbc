package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.event.ErrorHeaders;
import io.hedgerow.event.Reason;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamGuideTest {
    private static final Path DEAD_LETTERS = Path.of("../../docs/dead-letters.md");
    private static final Path HEALTH = Path.of("../../docs/health.md");

    @Test
    void shouldListEveryReason() throws IOException {
        assertThat(rows(DEAD_LETTERS, "reason"))
                .containsExactly(Stream.of(Reason.values()).map(Reason::tag).toArray(String[]::new));
    }

    @Test
    void shouldListEveryHeaderOfDeadLetters() throws IOException {
        assertThat(rows(DEAD_LETTERS, "header"))
                .containsExactly(
                        ErrorHeaders.EXCEPTION,
                        ErrorHeaders.MESSAGE,
                        ErrorHeaders.STACK_TRACE,
                        ErrorHeaders.TOPIC,
                        ErrorHeaders.PARTITION,
                        ErrorHeaders.OFFSET,
                        ErrorHeaders.REASON,
                        ErrorHeaders.VALUE_SHA256,
                        ErrorHeaders.VALUE_BYTES,
                        ErrorHeaders.KEY_SHA256,
                        ErrorHeaders.HEADERS_DROPPED);
    }

    @Test
    void shouldListEveryMetricByItsNameInPrometheus() throws IOException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (DrivenTopology driven = new DrivenTopology(TopologyRig.settings(1 << 20), null, null, null, meters)) {
            driven.input.pipeInput("k", driven.events.serializer().serialize("prediction-events", Events.event("e")));
        }
        var unused =
                new ReplaceThread(Duration.ZERO, () -> true, () -> false, new ThreadFaults(), thread -> false, meters);

        assertThat(meters.scrape()).doesNotContainPattern("(?m)^# HELP \\S+ *$");
        List<String> scraped = Pattern.compile("(?m)^# TYPE (\\S+)(?<!_max) (?:counter|gauge|histogram)$")
                .matcher(meters.scrape())
                .results()
                .map(type -> type.group(1))
                .toList();

        assertThat(rows(HEALTH, "metric").stream().map(name -> name.replaceFirst("\\{.*", "")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                scraped.stream(),
                                Stream.of(
                                        "hedgerow_info",
                                        "hedgerow_faithfulness_total",
                                        "hedgerow_broker_up",
                                        "hedgerow_topics_up",
                                        "hedgerow_registry_up"))
                        .toList());
    }

    /** The names in the first column of the table whose header begins with {@code column}. */
    private static List<String> rows(Path document, String column) throws IOException {
        String text = Files.readString(document);
        int start = text.indexOf("| " + column + " |");
        assertThat(start).as("a table of " + column).isNotNegative();
        return text.substring(start)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }
}
