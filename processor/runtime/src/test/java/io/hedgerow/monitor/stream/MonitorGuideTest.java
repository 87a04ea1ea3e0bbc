package io.hedgerow.monitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.hedgerow.monitor.delivery.SentAlerts;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is said of monitoring's metrics, rules and dashboard is so. */
class MonitorGuideTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAME = Pattern.compile("\\b(?:hedgerow|kafka)_[a-z_]+");

    @Test
    void shouldListEveryMetricByItsNameInPrometheus() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MonitorMeters meters = new MonitorMeters(registry, Clock.systemUTC());
        meters.open(List.of(new OpenAlert("drift", "warning", "surface")));
        MergeRig rig = new MergeRig();
        rig.give(MergeRig.stream(3, 3));
        meters.closed(MergeRig.MODEL, rig.whole());
        meters.reference(MergeRig.MODEL, 1_000);
        meters.horizon(2_000);
        SentAlerts.count(registry);

        assertThat(registry.scrape()).doesNotContainPattern("(?m)^# HELP \\S+ *$");
        assertThat(listed("metric of monitoring"))
                .containsExactlyInAnyOrderElementsOf(Pattern.compile("(?m)^# TYPE (\\S+) ")
                        .matcher(registry.scrape())
                        .results()
                        .map(type -> type.group(1))
                        .toList());
    }

    @Test
    void shouldHaveRulesOfMetricsThatThereAreAndAHeadingForEach() throws IOException {
        String text = Files.readString(ROOT.resolve("deploy/prometheus/rules.yml"));
        JsonNode groups = new YAMLMapper().readTree(text).get("groups");
        String guide = Files.readString(ROOT.resolve("docs/alerts.md"));
        List<String> names = new ArrayList<>();
        for (JsonNode rule : groups.get(0).get("rules")) {
            String name = rule.get("alert").asText();
            names.add(name);
            assertThat(guide).contains("\n### " + name + "\n");
            assertThat(rule.get("annotations").get("runbook_url").asText())
                    .isEqualTo("docs/alerts.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(rule.get("annotations").get("summary").asText()).isNotEmpty();
            assertThat(rule.get("labels").get("severity").asText()).isNotEmpty();
            assertThatAllAreMetrics(rule.get("expr").asText());
        }
        assertThat(Pattern.compile("(?m)^### (Hedgerow\\w+)$")
                        .matcher(guide)
                        .results()
                        .map(heading -> heading.group(1)))
                .containsExactlyElementsOf(names);
    }

    @Test
    void shouldHaveATestOfEachRuleBothWays() throws IOException {
        JsonNode rules = new YAMLMapper()
                .readTree(Files.readString(ROOT.resolve("deploy/prometheus/rules.yml")))
                .get("groups")
                .get(0)
                .get("rules");
        JsonNode tests = new YAMLMapper()
                .readTree(Files.readString(ROOT.resolve("deploy/prometheus/rules-test.yml")))
                .get("tests");
        Set<String> quiet = new TreeSet<>();
        Set<String> firing = new TreeSet<>();
        for (JsonNode test : tests) {
            for (JsonNode one : test.get("alert_rule_test")) {
                (one.get("exp_alerts").isEmpty() ? quiet : firing)
                        .add(one.get("alertname").asText());
            }
            for (JsonNode series : test.get("input_series")) {
                assertThatAllAreMetrics(series.get("series").asText());
            }
        }
        List<String> names = new ArrayList<>();
        rules.forEach(rule -> names.add(rule.get("alert").asText()));
        assertThat(quiet).containsExactlyInAnyOrderElementsOf(names);
        assertThat(firing).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void shouldHaveADashboardOfMetricsThatThereAre() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(Files.readString(ROOT.resolve("deploy/grafana/hedgerow.json")));
        int queries = 0;
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                assertThatAllAreMetrics(target.get("expr").asText());
                queries++;
            }
        }
        assertThat(queries).isGreaterThan(12);
    }

    private static void assertThatAllAreMetrics(String expression) throws IOException {
        Set<String> known = new TreeSet<>(listed("metric of monitoring"));
        known.addAll(listed("metric"));
        known.addAll(listed("Kafka's metric"));
        List<String> used = NAME.matcher(expression)
                .results()
                .map(name -> name.group().replaceFirst("_bucket$", ""))
                .toList();
        assertThat(used).as(expression).isNotEmpty().isSubsetOf(known);
    }

    private static List<String> listed(String column) throws IOException {
        String text = Files.readString(ROOT.resolve("docs/health.md"));
        int start = text.indexOf("| " + column + " |");
        assertThat(start).as("a table of " + column).isNotNegative();
        return text.substring(start)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.substring(3, line.indexOf('`', 3)).replaceFirst("\\{.*", ""))
                .toList();
    }
}
