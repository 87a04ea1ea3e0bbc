package io.hedgerow.it;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Python with Confluent's client: {@code python3}, or what {@code -Dit.python} names. Nothing is installed: where it has no
 * such packages, the test is skipped.
 */
final class PythonClient {
    private static final String PYTHON = System.getProperty("it.python", "python3");
    private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

    private final Path folder;

    private PythonClient(Path folder) {
        this.folder = folder;
    }

    /** Looks for Python and the modules; programs run in the folder. */
    static PythonClient find(Path folder, String... modules) throws Exception {
        PythonClient client = new PythonClient(folder);
        try {
            client.python("-c", "import " + String.join(", ", modules));
        } catch (IOException | AssertionError e) {
            abort("%s has no %s; pip install \"confluent-kafka[avro,schemaregistry]\", and -Dit.python=PATH for another"
                    .formatted(PYTHON, String.join(", ", modules)));
        }
        return client;
    }

    /** What a program of the guide prints. */
    List<String> run(String script, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
        line.addAll(List.of(arguments));
        return python(line.toArray(String[]::new)).lines().toList();
    }

    private String python(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(PYTHON));
        line.addAll(List.of(arguments));
        return ClientProcess.run(folder, line);
    }
}
