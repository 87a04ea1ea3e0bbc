package io.hedgerow.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.cli.Hedgerow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldTestLogicalDevicesAgainstTheCpu() throws Exception {
        assertThat(run("--json", "--device", "cpu", "--device", "cpu:2")).isZero();

        JsonNode results = new ObjectMapper().readTree(out.toString());
        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.get("passed").asBoolean()).isTrue();
            assertThat(result.get("score_difference").asDouble()).isBetween(0.0, 1e-4);
            assertThat(result.get("map_difference").asDouble()).isBetween(0.0, 1e-4);
            assertThat(result.get("images_per_second").asDouble()).isPositive();
        });
        assertThat(results.get(0).get("to_cpu").asDouble()).isEqualTo(1);
        assertThat(results.get(1).get("device").asText()).isEqualTo("cpu:2");
    }

    @Test
    void shouldAlignWhatItPrintsAndSayWhyADeviceFailed() {
        assertThat(run("--device", "cpu", "--device", "gpu:63")).isEqualTo(1);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("device +test +score difference +map difference +images/s +to the CPU");
        assertThat(lines.get(1)).startsWith("cpu ").contains("passed");
        assertThat(lines.get(1).indexOf("passed")).isEqualTo(lines.get(0).indexOf("test"));
        assertThat(lines.get(2)).matches("gpu:63 +FAILED");
        assertThat(err.toString().lines()).singleElement().asString().startsWith("hedgerow: gpu:63: ");
    }

    @Test
    void shouldRefuseWhatNamesNoDevice() {
        assertThat(run("--device", "tpu:0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("hedgerow: --device tpu:0: takes cpu, cpu:N or gpu:N");
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "devices";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }
}
