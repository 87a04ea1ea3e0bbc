package io.hedgerow.it;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Confluent's own client for JavaScript, from npm: another implementation of what our serde does. */
final class JavaScriptClient {
    private static final String PACKAGE = "@confluentinc/schemaregistry@1.10.1";
    private static final Path HOME = Path.of("target/javascript");
    private static final Path SCRIPT =
            Path.of("src/test/javascript/interop.mjs").toAbsolutePath();

    private JavaScriptClient() {}

    /** Installs it into the build's folder, once; the test is skipped where that is not possible. */
    static JavaScriptClient install() throws Exception {
        Files.createDirectories(HOME);
        try {
            if (!Files.exists(HOME.resolve("node_modules/@confluentinc/schemaregistry/package.json"))) {
                ClientProcess.run(HOME, List.of("npm", "install", "--no-audit", "--no-fund", "--silent", PACKAGE));
            }
        } catch (IOException | AssertionError e) {
            abort("Confluent's JavaScript client can't be installed with npm");
        }
        return new JavaScriptClient();
    }

    /** The value of a record with an event of this id and picture. */
    byte[] write(String registry, String topic, String id, byte[] picture) throws Exception {
        Path file = Files.write(HOME.resolve("picture.jpg"), picture);
        return Base64.getDecoder()
                .decode(node("write", registry, topic, id, file.toAbsolutePath().toString())
                        .strip());
    }

    /** The record that a value holds. */
    JsonNode read(String registry, String topic, byte[] value) throws Exception {
        Path file = Files.write(HOME.resolve("value"), value);
        return new ObjectMapper()
                .readTree(node("read", registry, topic, file.toAbsolutePath().toString()));
    }

    private static String node(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("node", SCRIPT.toString()));
        line.addAll(List.of(arguments));
        return ClientProcess.run(HOME, line);
    }
}
