package io.hedgerow.cli.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.cli.console.Table;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.serde.PublishedSchema;
import io.hedgerow.serde.SchemaRegistrar;
import io.hedgerow.service.Connection;
import io.hedgerow.service.RegistryWait;
import io.hedgerow.yaml.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hedgerow schemas}: the schemas of the topics' records, shown or registered. */
@Command(
        name = "schemas",
        synopsisSubcommandLabel = "print|register",
        description = "Prints the schemas of the topics' records, or registers them.")
public final class SchemasCommand implements Runnable {
    private static final String CONFIG = "The configuration, hedgerow.yaml.";
    private static final Map<String, String> NO_REGISTRY = Map.of("schema.registry.url", "mock://none");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Without print or register. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What to do with schemas is missing: print or register");
    }

    @Command(name = "print", description = "Prints all schemas by their subjects, or the one of a record.")
    int print(
            @Parameters(arity = "0..1", paramLabel = "RECORD", description = "A record, such as PredictionEvent.")
                    @Nullable
                    String record,
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description =
                                    "A hedgerow.yaml that names topics and subjects (default: the documented names).")
                    @Nullable
                    Path file,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description =
                                    "Write a file RECORD.avsc for each instead, into this folder; made if need be.")
                    @Nullable
                    Path out)
            throws IOException {
        Connection connection = file == null ? null : Connection.of(ConfigReader.read(file, System.getenv()));
        Map<String, Schema> topics =
                connection == null ? TopicSchemas.all() : TopicSchemas.of(connection.topics(), connection.monitor());
        List<Schema> schemas = topics.values().stream()
                .filter(schema -> record == null || schema.getName().equals(record))
                .toList();
        if (schemas.isEmpty()) {
            throw unknown(String.valueOf(record), topics);
        }
        if (out != null) {
            Files.createDirectories(out);
            for (Schema schema : schemas) {
                Files.writeString(out.resolve(schema.getName() + ".avsc"), PublishedSchema.text(schema));
            }
        } else if (record != null) {
            show(PublishedSchema.text(schemas.get(0)));
        } else {
            show(bySubject(topics, connection == null ? NO_REGISTRY : connection.registry()));
        }
        return CommandLine.ExitCode.OK;
    }

    @Command(
            name = "register",
            description = "Registers the schemas that the registry lacks; needed where auto.register.schemas is false.")
    int register(@Option(names = "--config", required = true, paramLabel = "FILE", description = CONFIG) Path file)
            throws IOException, InterruptedException {
        Connection connection = Connection.of(ConfigReader.read(file, System.getenv()));
        RegistryWait.until(connection.registry(), connection.timeout());
        Table table = new Table();
        try (SchemaRegistrar registrar = new SchemaRegistrar(connection.registry())) {
            TopicSchemas.of(connection.topics(), connection.monitor()).forEach((topic, schema) -> {
                SchemaRegistrar.Registration found = registrar.register(topic, schema);
                table.row(
                        found.subject(),
                        schema.getName(),
                        (found.isNew() ? "registered" : "there already") + ", id " + found.id());
            });
        } finally {
            show(table.toString());
        }
        return CommandLine.ExitCode.OK;
    }

    private static String bySubject(Map<String, Schema> topics, Map<String, String> registry) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode subjects = json.createObjectNode();
        try (SchemaRegistrar registrar = new SchemaRegistrar(registry)) {
            for (Map.Entry<String, Schema> topic : topics.entrySet()) {
                subjects.set(
                        registrar.subject(topic.getKey(), topic.getValue()),
                        json.readTree(PublishedSchema.text(topic.getValue())));
            }
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(subjects) + System.lineSeparator();
    }

    private ParameterException unknown(String record, Map<String, Schema> topics) {
        List<String> names = topics.values().stream().map(Schema::getName).toList();
        String hint = Nearest.of(record, names)
                .map(name -> "did you mean " + name + "?")
                .orElse("there are " + String.join(", ", names));
        return new ParameterException(
                spec.subcommands().get("print"), "There is no record " + record + " in the topics; " + hint);
    }

    private void show(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
