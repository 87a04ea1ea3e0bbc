package io.hedgerow.cli.stream;

import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RecordInput;
import io.hedgerow.cli.console.Counts;
import io.hedgerow.event.EventPictures;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.render.ExplanationOverlay;
import io.hedgerow.render.HeatMapRenderer;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.serde.UnknownSchemaException;
import io.hedgerow.service.Connection;
import io.hedgerow.service.RegistryWait;
import io.hedgerow.service.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hedgerow tail}: explanations as lines, as they are committed. */
@Command(name = "tail", description = "Prints explanations as they are committed, and draws them if asked.")
public final class TailCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int MARKS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--from-beginning", description = "Begin with the oldest explanation, not with the next one.")
    private boolean fromBeginning;

    @Option(names = "--count", paramLabel = "N", description = "End after N explanations (default: go on).")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Draw each explanation over its event's picture, into this folder; made if need be.")
    private @Nullable Path out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final HeatMapRenderer renderer = new HeatMapRenderer();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Counts.require(spec, "--count", count);
        if (out != null) {
            Files.createDirectories(out);
        }
        Connection connection = cluster.connection();
        RegistryWait.until(connection.registry(), connection.timeout());
        try (Stop stop = new Stop(GRACE);
                RegistrySerde<Explanation> explanations = RegistrySerde.of(Explanation.class, connection.registry());
                RegistrySerde<PredictionEvent> events = RegistrySerde.of(PredictionEvent.class, connection.registry());
                EventPictures pictures = new EventPictures(
                        connection.consumer("hedgerow-tail-events"), events, new ImageDecoder(), PATIENCE);
                CommittedRecords records = new CommittedRecords(
                        connection.consumer("hedgerow-tail"),
                        connection.topics().explanations(),
                        fromBeginning)) {
            stop.arm();
            follow(stop, records, explanations, pictures);
        }
        return CommandLine.ExitCode.OK;
    }

    private void follow(
            Stop stop, CommittedRecords records, RegistrySerde<Explanation> explanations, EventPictures pictures)
            throws IOException {
        PrintWriter terminal = spec.commandLine().getOut();
        long seen = 0;
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : records.poll()) {
                if (seen == count || stop.isAsked()) {
                    return;
                }
                Explanation explanation = read(record, explanations);
                if (explanation != null) {
                    terminal.println(ExplanationLine.of(explanation));
                    draw(explanation, record, pictures);
                    seen++;
                }
            }
            if (seen == count || stop.isAsked()) {
                return;
            }
        }
    }

    private @Nullable Explanation read(ConsumerRecord<byte[], byte[]> record, RegistrySerde<Explanation> explanations) {
        try {
            Explanation explanation = explanations.deserializer().deserialize(record.topic(), record.value());
            if (explanation == null) {
                warn(record, "an empty record");
            }
            return explanation;
        } catch (MalformedRecordException | UnknownSchemaException e) {
            warn(record, e.getMessage());
            return null;
        }
    }

    private void draw(Explanation explanation, ConsumerRecord<byte[], byte[]> record, EventPictures pictures)
            throws IOException {
        List<RecordInput> inputs = explanation.getInputs();
        if (out == null || inputs.isEmpty() || explanation.getClasses().isEmpty()) {
            return;
        }
        Optional<DecodedImage> picture = pictures.find(inputs.get(0));
        if (picture.isEmpty()) {
            warn(record, "not drawn: its event is gone, or holds no picture");
            return;
        }
        ClassExplanation explained = explanation.getClasses().get(0);
        String title =
                "%s, %s".formatted(ExplanationLine.label(explained), ExplanationLine.number(explanation, explained));
        // Never a name that came with an event.
        Path file = out.resolve("%s-%d-%d.png".formatted(record.topic(), record.partition(), record.offset()));
        ImageIO.write(
                renderer.render(
                        ExplanationOverlay.of(explained, picture.get(), MARKS, title, explanation.getEventId())),
                "png",
                file.toFile());
    }

    private void warn(ConsumerRecord<byte[], byte[]> record, @Nullable String what) {
        spec.commandLine()
                .getErr()
                .println("hedgerow: %s-%d, offset %d: %s"
                        .formatted(record.topic(), record.partition(), record.offset(), what));
    }
}
