package io.hedgerow.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.log.Problem.Kind;
import io.hedgerow.audit.log.TestLog;
import io.hedgerow.audit.verify.LogReport;
import io.hedgerow.audit.verify.TrailVerifier;
import io.hedgerow.serde.RegistryDeserializer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExportTest {
    private static final LogExport.Period ALL = new LogExport.Period(Instant.MIN, Instant.MAX);

    private final TestLog log = TestLog.random(new Random(3), 40, 10, 30);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void export() throws Exception {
        export(folder, LogExport.Format.JSONL, "log-0.jsonl");
        file = folder.resolve("log-0.jsonl");
    }

    @Test
    void shouldVerifyWhatWasExported() throws Exception {
        LogReport report = verify();

        assertThat(report.problems()).isEmpty();
        assertThat(report.entries()).isEqualTo(40);
        assertThat(report.sealed()).isEqualTo(30);
        assertThat(report.origin()).isEqualTo(log.origin());
    }

    @Test
    void shouldSayWhatEntriesSay() throws Exception {
        JsonNode row = new ObjectMapper().readTree(Files.readAllLines(file).get(7));

        assertThat(row.get("offset").asLong()).isEqualTo(7);
        assertThat(row.get("entry").binaryValue()).isEqualTo(log.stored.get(7));
        assertThat(row.get("index").asLong()).isEqualTo(7);
        assertThat(row.get("status").asText()).isEqualTo("FAILED");
        assertThat(row.get("previousOffset").asLong()).isEqualTo(6);
        assertThat(row.get("model").isNull()).isTrue();
        assertThat(Instant.parse(row.get("keepUntil").asText()))
                .isEqualTo(Instant.parse(row.get("recordedAt").asText()).plus(ExportColumns.RETENTION));
    }

    @Test
    void shouldFindEveryChangedByteOfALine() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        int start = 0;
        for (int line = 0; line < 12; line++) {
            start = new String(whole, StandardCharsets.UTF_8).indexOf('\n', start) + 1;
        }
        int end = new String(whole, StandardCharsets.UTF_8).indexOf('\n', start);
        for (int at = start; at < end; at += 7) {
            byte[] altered = whole.clone();
            altered[at] = (byte) (altered[at] == 'x' ? 'y' : 'x');
            Files.write(file, altered);

            Problem problem = verify().problems().get(0);

            assertThat(problem.kind()).as("byte %d", at).isEqualTo(Kind.ENTRY_ALTERED);
            assertThat(problem.index()).as("byte %d", at).isEqualTo(12);
        }
    }

    @Test
    void shouldFindALineThatIsGone() throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(20);
        Files.write(file, lines);

        assertThat(verify().problems().get(0).kind()).isEqualTo(Kind.ENTRY_MISSING);
        assertThat(verify().problems().get(0).index()).isEqualTo(20);
    }

    @Test
    void shouldRefuseASchemaThatGivesEntriesAnotherMeaning() throws Exception {
        Path manifest = folder.resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("SAMPLED_OUT", "EXPLAINED_").replace("\\\"FAILED", "\\\"XFAILED"));

        assertThatThrownBy(this::verify).isInstanceOf(LogException.class).hasMessageContaining("schema");
    }

    @Test
    void shouldWriteAPeriodThatCanBeVerifiedByItself() throws Exception {
        AuditEntry entry = TestLog.SERDE.deserializer().deserialize(TestLog.TOPIC, log.stored.get(15));
        Path part = folder.resolve("part");
        LogExport export = new LogExport(
                part,
                LogExport.Format.JSONL,
                TestLog.KEY.verifier(),
                TestLog.SERDE.deserializer(),
                id -> AuditEntry.getClassSchema().toString());
        // The test's clock jumps: what is between the first and the last entry of a period belongs to it.
        long written =
                export.add(log, "log-0.jsonl", new LogExport.Period(entry.getRecordedAt(), Instant.MAX), count -> {});
        export.finish();

        folder = part;
        LogReport report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.entries()).isEqualTo(40);
        assertThat(report.entries() - report.start()).isEqualTo(written);
    }

    @Test
    void shouldWriteParquet() throws Exception {
        Path parquet = folder.resolve("parquet");
        export(parquet, LogExport.Format.PARQUET, "log-0.parquet");

        byte[] bytes = Files.readAllBytes(parquet.resolve("log-0.parquet"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("PAR1").endsWith("PAR1");
        int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        assertThat(text.substring(bytes.length - 8 - footer, bytes.length - 8))
                .contains("offset", "explanationSha256", "hedgerow");
        assertThat(Files.exists(parquet.resolve("manifest.json"))).isFalse();
    }

    private void export(Path out, LogExport.Format format, String name) throws Exception {
        LogExport export = new LogExport(
                out, format, TestLog.KEY.verifier(), TestLog.SERDE.deserializer(), id -> AuditEntry.getClassSchema()
                        .toString());
        assertThat(export.add(log, name, ALL, count -> {})).isEqualTo(40);
        export.finish();
    }

    private LogReport verify() throws Exception {
        var deserializer = new RegistryDeserializer<>(AuditEntry.class, FileLogSource.schemas(folder));
        LogSource source = FileLogSource.all(folder, deserializer).get(0);
        List<Problem> problems = new ArrayList<>();
        TrailVerifier verifier = new TrailVerifier(TestLog.KEY.verifier(), List.of(), 0.01f, deserializer);
        return verifier.verify(source, verifier.account(source, false, problems), problems, count -> {});
    }
}
