package io.hedgerow.dashboard.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.Alert;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.VerdictKind;
import io.hedgerow.dashboard.events.SpanReferences;
import io.hedgerow.dashboard.security.Gate;
import io.hedgerow.dashboard.security.Refusal;
import io.hedgerow.dashboard.security.Visitor;
import io.hedgerow.dashboard.view.ModelCard;
import io.hedgerow.dashboard.view.View;
import io.hedgerow.monitor.answer.Answers;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People's answers: verdicts on alerts, and wishes for other references. Thread-safe. */
public final class Answering implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    private static final int LARGEST_BODY = 8 << 10;
    private static final int LONGEST_NOTE = 2_000;
    private static final int QUEUE = 16;
    private static final int MOST_READ = 4;

    private final View view;
    private final @Nullable SpanReferences spans;
    private final Sink sink;
    private final Gate gate;

    /** Of bodies at a time: one that trickles in holds a thread of the server's. */
    private final Semaphore reading = new Semaphore(MOST_READ);

    private final ThreadPoolExecutor thread;

    /** Where answers go. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Writes, and returns when all of it is there.
         *
         * @throws IOException if it can't be written; the message is for whoever answered
         */
        void write(List<ReferenceEntry> entries) throws IOException, InterruptedException;
    }

    /** Takes what is answered to, and where answers go; {@code spans} is null where nothing is monitored. */
    public Answering(View view, @Nullable SpanReferences spans, Sink sink, Gate gate) {
        this.view = view;
        this.spans = spans;
        this.sink = sink;
        this.gate = gate;
        thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(QUEUE), task -> {
            Thread daemon = new Thread(task, "hedgerow-dashboard-answers");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Takes a verdict on an alert. */
    void verdict(Context context, Visitor visitor) {
        JsonNode body = body(context, visitor);
        Alert alert = view.alert(context.pathParam("id"))
                .orElseThrow(() -> new Refusal(404, "there is no such alert, or none any more"));
        VerdictKind kind =
                switch (body.path("verdict").asText()) {
                    case "shortcut" -> VerdictKind.SHORTCUT;
                    case "legitimate" -> VerdictKind.LEGITIMATE;
                    default -> throw new Refusal(400, "verdict is to be shortcut or legitimate");
                };
        String note = body.path("note").asText();
        if (note.length() > LONGEST_NOTE) {
            throw new Refusal(400, "the note is longer than %d characters".formatted(LONGEST_NOTE));
        }
        write(
                context,
                CompletableFuture.completedFuture(
                        List.of(Answers.verdict(alert, kind, name(visitor), note, Instant.now()))));
    }

    /**
     * Takes the wish that what comes from now on be a model's reference, or that of one of its classes; or that what was explained
     * in a span of time be it.
     */
    void reference(Context context, Visitor visitor) {
        JsonNode body = body(context, visitor);
        JsonNode from = body.path("from");
        JsonNode to = body.path("to");
        if (from.isIntegralNumber() && to.isIntegralNumber() && from.asLong() < to.asLong()) {
            span(context, body.path("model").asText(), from.asLong(), to.asLong());
        } else if (body.path("accept").asBoolean() && from.isMissingNode() && to.isMissingNode()) {
            accept(context, visitor, body);
        } else {
            throw new Refusal(400, "either accept is to be true, or from and to the milliseconds of a span of time");
        }
    }

    private void accept(Context context, Visitor visitor, JsonNode body) {
        JsonNode wanted = body.path("class");
        String id = UUID.randomUUID().toString();
        Instant now = Instant.now();
        List<ReferenceEntry> entries = view.references(body.path("model").asText()).stream()
                .filter(target -> wanted.isMissingNode() || wanted.isNull() || wanted.asInt() == target.classIndex())
                .map(target -> Answers.request(
                        target.model(), target.method(), target.classIndex(), target.label(), id, name(visitor), now))
                .toList();
        if (entries.isEmpty()) {
            throw new Refusal(404, "there is no such reference yet: what comes first is learned by itself");
        }
        write(context, CompletableFuture.completedFuture(entries));
    }

    private void span(Context context, String key, long from, long to) {
        SpanReferences learning = spans;
        if (learning == null) {
            throw new Refusal(409, "nothing is monitored here: there is no reference to replace");
        }
        String name = view.models().stream()
                .filter(model -> model.key().equals(key))
                .map(ModelCard::name)
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "there is no such model, or nothing was seen of it yet"));
        write(context, learning.learn(name, key, from, to));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private JsonNode body(Context context, Visitor visitor) {
        gate.requireWrite(context.req(), visitor);
        long length = context.req().getContentLengthLong();
        if (length < 0 || length > LARGEST_BODY) {
            throw new Refusal(413, "the body is to be of a known length, %d bytes at most".formatted(LARGEST_BODY));
        }
        if (!reading.tryAcquire()) {
            throw new Refusal(503, "too many answers are being sent; try again in a moment");
        }
        try {
            return Json.object(context.bodyAsBytes());
        } finally {
            reading.release();
        }
    }

    private void write(Context context, CompletableFuture<List<ReferenceEntry>> answer) {
        context.future(
                () -> answer.thenCompose(this::written).thenAccept(entries -> context.contentType("application/json")
                        .result(Json.bytes(Map.of("written", entries.size())))));
    }

    private CompletableFuture<List<ReferenceEntry>> written(List<ReferenceEntry> entries) {
        try {
            return CompletableFuture.supplyAsync(() -> writeNow(entries), thread);
        } catch (RejectedExecutionException e) {
            throw new Refusal(503, "too many answers are being written; try again in a moment");
        }
    }

    private List<ReferenceEntry> writeNow(List<ReferenceEntry> entries) {
        try {
            sink.write(entries);
            LOG.info("Answered on the page: {} in topic of references", entries.size());
            return entries;
        } catch (IOException | RuntimeException e) {
            LOG.warn("An answer could not be written: {}", e.getMessage());
            throw new Refusal(503, "the answer could not be written: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the process is stopping");
        }
    }

    private static String name(Visitor visitor) {
        return visitor.name().isEmpty() ? "dashboard" : visitor.name();
    }
}
