package io.hedgerow.audit.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;

/**
 * Contents of an export, beside the entries.
 *
 * @param version of the columns
 * @param schemas that the entries were written with, by their ids in the registry
 */
record ExportManifest(int version, Map<Integer, String> schemas, List<Log> logs) {
    static final String FILE = "manifest.json";

    /**
     * One log.
     *
     * @param topic and partition of the entries
     * @param file beside the manifest
     * @param start entries that come before the first one
     * @param range compact range of those entries
     */
    record Log(String origin, String topic, String file, long start, List<String> range, List<Sealed> checkpoints) {}

    /** A checkpoint as its topic has it. */
    record Sealed(String note, List<String> range, long lastOffset) {
        static Sealed of(AuditCheckpoint checkpoint) {
            return new Sealed(checkpoint.getNote(), checkpoint.getRange(), checkpoint.getLastOffset());
        }

        AuditCheckpoint checkpoint() {
            return new AuditCheckpoint(note, range, lastOffset);
        }
    }

    ExportManifest(
            @JsonProperty(value = "version", required = true) int version,
            @JsonProperty(value = "schemas", required = true) Map<Integer, String> schemas,
            @JsonProperty(value = "logs", required = true) List<Log> logs) {
        this.version = version;
        this.schemas = Map.copyOf(schemas);
        this.logs = List.copyOf(logs);
    }

    void write(Path folder) throws IOException {
        byte[] json =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this);
        Files.write(folder.resolve(FILE), json);
    }

    /**
     * Reads the manifest of an export.
     *
     * @throws LogException if it is none, of another version, or of entries in a schema that this program doesn't know
     */
    static ExportManifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        ExportManifest manifest;
        try {
            manifest = new ObjectMapper().readValue(Files.readAllBytes(file), ExportManifest.class);
        } catch (NoSuchFileException e) {
            throw new LogException("there is no %s: %s is no export as JSON Lines, which is what can be verified"
                    .formatted(file, folder));
        } catch (JsonProcessingException e) {
            throw new LogException("%s is no manifest of an export: %s".formatted(file, e.getOriginalMessage()));
        }
        if (manifest.version() != ExportColumns.VERSION) {
            throw new LogException("%s has columns of version %d, this program knows %d"
                    .formatted(file, manifest.version(), ExportColumns.VERSION));
        }
        manifest.schemas().forEach((id, schema) -> check(file, id, schema));
        return manifest;
    }

    /** Another schema could give the same bytes another meaning. */
    private static void check(Path file, int id, String text) {
        try {
            long known = SchemaNormalization.parsingFingerprint64(AuditEntry.getClassSchema());
            if (SchemaNormalization.parsingFingerprint64(new Schema.Parser().parse(text)) == known) {
                return;
            }
        } catch (SchemaParseException e) {
            // Said below.
        }
        throw new LogException("%s: schema %d is not that of the entries that this program writes".formatted(file, id));
    }
}
