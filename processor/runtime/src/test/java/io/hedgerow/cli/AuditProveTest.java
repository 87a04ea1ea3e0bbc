package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.audit.export.ExportedLogs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit prove} of an event with several entries, as a user types it. */
class AuditProveTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path export;
    private Path key;

    @BeforeEach
    void export() throws Exception {
        export = Files.createDirectory(folder.resolve("export"));
        ExportedLogs logs = new ExportedLogs(export);
        logs.add(0, 4, "part-1 EXPLAINED", "part-17 FAILED", "part-2 EXPLAINED", "part-17 EXPLAINED", "part-9 FAILED");
        logs.add(1, 1, "part-3 FAILED", "part-3 EXPLAINED");
        key = logs.finish();
    }

    @Test
    void shouldProveWhatBecameOfAReplayedEventInTheEndAndSayAllThatDid() throws Exception {
        assertThat(prove("part-17")).as(err.toString()).isZero();

        assertThat(err.toString().lines())
                .containsExactly(
                        "2 entries are about event 'part-17':",
                        "--entry 0:1  2023-11-14T22:13:21Z  FAILED unknown_model  in-0, offset 1  from line-2",
                        "--entry 0:3  2023-11-14T22:13:23Z  EXPLAINED             in-0, offset 3  from line-2  proved");
        assertThat(check()).contains("Entry 3 is in the log of 4 entries", "\"status\": \"EXPLAINED\"");
    }

    @Test
    void shouldProveTheEntryThatIsChosen() throws Exception {
        assertThat(prove("part-17", "--entry", "0:1")).as(err.toString()).isZero();

        assertThat(err.toString()).containsPattern("--entry 0:1 .* proved\n");
        assertThat(check()).contains("Entry 1 is in the log of 4 entries", "\"status\": \"FAILED\"");
    }

    @Test
    void shouldSayNothingOfTheOnlyEntry() throws Exception {
        assertThat(prove("part-2")).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(check()).contains("Entry 2 is in the log of 4 entries");
    }

    @Test
    void shouldNameAllEntriesIfTheLastOneIsNotSealedYet() {
        assertThat(prove("part-3")).isEqualTo(1);

        assertThat(err.toString().lines())
                .hasSize(4)
                .contains("hedgerow: no checkpoint covers entry 1 of cluster/app/in/1 yet: the last one has size 1");
        assertThat(prove("part-3", "--entry", "1:0")).isZero();
    }

    @Test
    void shouldSayWhatIsWrongWithAChoice() {
        assertThat(prove("part-17", "--entry", "0:2")).isEqualTo(1);
        assertThat(prove("part-17", "--entry", "first")).isEqualTo(2);
        assertThat(prove("--entry", "0:1", "--from", "1", "--to", "2")).isEqualTo(2);
        assertThat(prove("part-4")).isEqualTo(1);

        assertThat(err.toString().lines().filter(line -> line.startsWith("hedgerow: ")))
                .containsExactly(
                        "hedgerow: entry 0:2 is not about event 'part-17'; about it are 0:1, 0:3",
                        "hedgerow: --entry first: takes PARTITION:INDEX, such as 0:17, and an event's ID",
                        "hedgerow: --entry 0:1: takes PARTITION:INDEX, such as 0:17, and an event's ID",
                        "hedgerow: no entry of the audit trail is about an event 'part-4'");
    }

    private int prove(String... arguments) {
        List<String> line = new ArrayList<>(
                List.of("audit", "prove", "--files", export.toString(), "--public-key", key.toString()));
        line.addAll(List.of(arguments));
        return run(line.toArray(String[]::new));
    }

    /** What the other command says of the proof. */
    private String check() throws Exception {
        Path proof = Files.writeString(folder.resolve("proof"), out.toString());
        out.getBuffer().setLength(0);
        assertThat(run("audit", "check-proof", proof.toString(), "--public-key", key.toString()))
                .as(err.toString())
                .isZero();
        return out.toString();
    }

    private int run(String... arguments) {
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
