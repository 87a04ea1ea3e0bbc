package io.hedgerow.evaluate.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.evaluate.metrics.Curve;
import io.hedgerow.evaluate.metrics.Metric;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * {@code trials.jsonl}: a first line that says what was measured of what, then a line for each trial and for whatever was left out,
 * and after each batch of pictures a line that says so. Only whole batches count.
 */
public final class TrialLog {
    /** The file's name. */
    public static final String FILE = "trials.jsonl";

    private static final MathContext VALUES = new MathContext(9);
    private static final MathContext POINTS = new MathContext(6);

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;

    public TrialLog(Path folder) {
        this.file = folder.resolve(FILE);
    }

    public boolean exists() {
        return Files.isRegularFile(file);
    }

    /** Begins anew; however it ends, there is a whole first line or no file. */
    void begin(JsonNode settings) throws IOException {
        ObjectNode header = json.createObjectNode();
        header.put("hedgerow", "evaluate").put("format", 1).set("settings", settings);
        Path beside = file.resolveSibling(FILE + ".new");
        Files.writeString(beside, json.writeValueAsString(header) + "\n");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Goes on with what is there: drops a last batch without an end.
     *
     * @return batches that are done
     * @throws IOException if the file was begun with other settings; the message says which differ
     */
    int resume(JsonNode settings) throws IOException {
        JsonNode begun = settings();
        if (!begun.equals(settings)) {
            StringBuilder differing = new StringBuilder();
            settings.fieldNames().forEachRemaining(name -> {
                if (!settings.path(name).equals(begun.path(name))) {
                    differing.append(differing.isEmpty() ? "" : ", ").append(name);
                }
            });
            throw new IOException("%s was begun with other settings (%s): give the same, or another --out"
                    .formatted(file, differing));
        }
        int batches = 0;
        long whole = 0;
        try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "rw")) {
            long at = 0;
            byte[] block = new byte[1 << 16];
            StringBuilder tail = new StringBuilder();
            for (int read = lines.read(block); read > 0; read = lines.read(block)) {
                for (int i = 0; i < read; i++) {
                    at++;
                    if (block[i] == '\n') {
                        boolean isEnd = tail.toString().startsWith("{\"end\":");
                        whole = whole == 0 || isEnd ? at : whole;
                        batches += isEnd ? 1 : 0;
                        tail.setLength(0);
                    } else if (tail.length() < 16) {
                        tail.append((char) block[i]);
                    }
                }
            }
            lines.setLength(whole);
        }
        return batches;
    }

    /** Appends a batch whole. */
    void append(int batch, List<TrialResult> results, Collection<LeftOut> leftOut) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (TrialResult result : results) {
            lines.append(json.writeValueAsString(line(result))).append('\n');
        }
        for (LeftOut one : leftOut) {
            ObjectNode line = json.createObjectNode();
            line.put("left-out", one.reason().key())
                    .put("picture", one.picture())
                    .put("label", one.label())
                    .put("detail", one.detail());
            lines.append(json.writeValueAsString(line)).append('\n');
        }
        lines.append("{\"end\":").append(batch).append("}\n");
        Files.write(file, lines.toString().getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }

    private ObjectNode line(TrialResult result) {
        Trial trial = result.trial();
        ObjectNode line = json.createObjectNode();
        line.put("picture", trial.picture().name())
                .put("label", trial.label())
                .put("class", trial.index())
                .put("rank", result.outputs().rank(trial.index()));
        line.put("output", rounded(result.outputs().predictions()[trial.index()], VALUES));
        line.put("score", rounded(result.outputs().scores()[trial.index()], VALUES));
        Trial.Place place = trial.place();
        if (place != null) {
            line.put("area", rounded(place.mask().share(), VALUES));
        }
        line.put("difficult", trial.isDifficult());
        ObjectNode values = line.putObject("values");
        ObjectNode curves = line.putObject("curves");
        for (Map.Entry<String, Measurements> entry : result.methods().entrySet()) {
            ObjectNode ofMethod = values.putObject(entry.getKey());
            for (Map.Entry<Metric, Double> value : entry.getValue().values().entrySet()) {
                if (Double.isFinite(value.getValue())) {
                    ofMethod.put(value.getKey().key(), rounded(value.getValue(), VALUES));
                }
            }
            ObjectNode curvesOfMethod = json.createObjectNode();
            for (Map.Entry<String, Curve> curve : entry.getValue().curves().entrySet()) {
                ArrayNode points = curvesOfMethod.putArray(curve.getKey());
                for (double score : curve.getValue().scores()) {
                    points.add(rounded(score, POINTS));
                }
            }
            if (!curvesOfMethod.isEmpty()) {
                curves.set(entry.getKey(), curvesOfMethod);
            }
        }
        return line;
    }

    private static double rounded(double value, MathContext digits) {
        return new BigDecimal(value).round(digits).doubleValue();
    }

    /** What was measured of what. */
    public JsonNode settings() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            JsonNode header = json.readTree(first == null ? "" : first);
            if (!header.path("hedgerow").asText().equals("evaluate")) {
                throw new IOException(file + " does not begin as a file of trials");
            }
            return header.path("settings");
        } catch (JsonProcessingException e) {
            throw new IOException(file + " does not begin as a file of trials", e);
        }
    }

    /** Takes each line of whole batches. */
    public interface Reader {
        void read(JsonNode line) throws IOException;
    }

    /** Hands out trials and what was left out, of whole batches only. */
    public void read(Reader reader) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            List<String> batch = new ArrayList<>();
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{\"end\":")) {
                    for (String one : batch) {
                        reader.read(json.readTree(one));
                    }
                    batch.clear();
                } else {
                    batch.add(line);
                }
            }
        }
    }
}
