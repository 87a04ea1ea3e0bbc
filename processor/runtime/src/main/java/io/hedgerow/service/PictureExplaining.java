package io.hedgerow.service;

import io.hedgerow.EncodedImage;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.config.ConfigurationException;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.device.Batched;
import io.hedgerow.event.EventCheck;
import io.hedgerow.event.EventReader;
import io.hedgerow.event.EventTime;
import io.hedgerow.event.Finding;
import io.hedgerow.event.ImageReader;
import io.hedgerow.event.InputRecord;
import io.hedgerow.event.Preparation;
import io.hedgerow.event.Prepared;
import io.hedgerow.event.RejectedRecordException;
import io.hedgerow.event.Sampling;
import io.hedgerow.faithfulness.FaithfulnessSample;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.Explainer;
import io.hedgerow.models.ModelSettings;
import io.hedgerow.record.ExplanationBuilder;
import io.hedgerow.record.ExplanationWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in files, explained by a model of a configuration as events with them would be, without Kafka. Belongs to one thread.
 */
public final class PictureExplaining implements AutoCloseable {
    /** In place of bytes that nobody reads. */
    private static final byte[] NOTHING = {};

    private static final TopicPartition NOWHERE = new TopicPartition("pictures", 0);

    private final ModelSettings model;
    private final LoadedDevices devices;
    private final Preparation preparation;
    private final ExplanationWriter writer;
    private final Instant started = Instant.now();
    private @Nullable PredictionEvent current;
    private long next;

    /**
     * Loads the model.
     *
     * @param name of the model; empty if the configuration has one
     * @throws ConfigurationException if there is no such model, or no telling which
     * @throws IOException if it can't be read
     */
    public PictureExplaining(HedgerowConfig config, String name, String version, CompileProgress compiling)
            throws IOException {
        model = model(config.models(), name);
        devices = new LoadedDevices(config, LoadedDevices.sources(List.of(model)), compiling);
        preparation = new Preparation(
                new EventReader((topic, value) -> current, config.explaining().limits()),
                new Sampling(1),
                new EventCheck(
                        config.explaining().limits(),
                        new EventTime(Clock.systemUTC(), config.explaining().limits())),
                new ImageReader(new ImageDecoder(config.images())),
                new FaithfulnessSample(0));
        writer = new ExplanationWriter(
                new ExplanationBuilder(config.explaining().scoreTolerance(), version),
                (topic, explanation) -> NOTHING,
                NOWHERE.topic(),
                Integer.MAX_VALUE);
    }

    /** What became of a picture. */
    public interface Told {
        void explained(Path picture, Explanation explanation);

        /** Says in a line why it can't be explained. */
        void refused(Path picture, String why);
    }

    private record Begun(
            Path picture,
            InputRecord record,
            Prepared.Request request,
            CompletableFuture<Batched<Attribution>> result) {}

    /** Explains pictures, in batches, and tells of each in their order. */
    public void explain(List<Path> pictures, Told told) {
        Explainer device = devices.explainers().get(0);
        List<Begun> begun = new ArrayList<>();
        for (Path picture : pictures) {
            try {
                current = event(picture);
                InputRecord record = new InputRecord(NOWHERE, next++, NOTHING, new RecordHeaders());
                Prepared prepared = preparation.prepare(record, device);
                if (prepared instanceof Prepared.Request request) {
                    begun.add(new Begun(
                            picture, record, request, request.subject().model().submit(request.request())));
                } else if (prepared instanceof Prepared.Settled settled
                        && settled.finding() instanceof Finding.Rejected rejected) {
                    told.refused(picture, String.valueOf(rejected.why().getMessage()));
                }
            } catch (IOException e) {
                told.refused(picture, e.toString());
            }
        }
        for (Begun one : begun) {
            try {
                Finding.Explained explained = new Finding.Explained(
                        one.request().subject(), one.result().join(), null);
                told.explained(
                        one.picture(),
                        writer.write(null, one.record(), explained).explanation());
            } catch (RejectedRecordException e) {
                told.refused(one.picture(), String.valueOf(e.getMessage()));
            }
        }
    }

    private PredictionEvent event(Path picture) throws IOException {
        return PredictionEvent.newBuilder()
                .setId(picture.toString())
                .setTime(started)
                .setSource("")
                .setModel(new ModelRef(model.name(), model.version()))
                .setImage(new EncodedImage(ByteBuffer.wrap(Files.readAllBytes(picture)), ""))
                .setPredictions(List.of())
                .build();
    }

    private static ModelSettings model(List<ModelSettings> models, String name) {
        List<ModelSettings> named = models.stream()
                .filter(one -> name.isEmpty() || one.name().equals(name))
                .toList();
        if (named.isEmpty()) {
            throw new ConfigurationException("model " + name + " is not configured; known: "
                    + String.join(
                            ", ",
                            models.stream().map(ModelSettings::name).distinct().toList()));
        }
        if (named.stream().map(ModelSettings::name).distinct().count() > 1) {
            throw new ConfigurationException("the configuration has several models; choose one by --model: "
                    + String.join(
                            ", ",
                            named.stream().map(ModelSettings::name).distinct().toList()));
        }
        return named.get(named.size() - 1);
    }

    @Override
    public void close() {
        devices.close();
    }
}
