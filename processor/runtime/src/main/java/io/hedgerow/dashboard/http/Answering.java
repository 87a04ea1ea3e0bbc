package io.hedgerow.dashboard.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.Alert;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.VerdictKind;
import io.hedgerow.dashboard.security.Gate;
import io.hedgerow.dashboard.security.Refusal;
import io.hedgerow.dashboard.security.Visitor;
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
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People's answers: verdicts on alerts, and wishes for other references. Thread-safe. */
public final class Answering implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    private static final int LARGEST_BODY = 8 << 10;
    private static final int LONGEST_NOTE = 2_000;
    private static final int QUEUE = 16;

    private final View view;
    private final Sink sink;
    private final Gate gate;
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

    /** Takes what is answered to, and where answers go. */
    public Answering(View view, Sink sink, Gate gate) {
        this.view = view;
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
        write(context, List.of(Answers.verdict(alert, kind, name(visitor), note, Instant.now())));
    }

    /** Takes the wish that what comes from now on be a model's reference, or that of one of its classes. */
    void reference(Context context, Visitor visitor) {
        JsonNode body = body(context, visitor);
        if (!body.path("accept").asBoolean()) {
            throw new Refusal(
                    400,
                    "accept is to be true; a reference of a span of time is made by `hedgerow monitor reference --from --to`");
        }
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
        write(context, entries);
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
        return Json.object(context.bodyAsBytes());
    }

    private void write(Context context, List<ReferenceEntry> entries) {
        CompletableFuture<String> written;
        try {
            written = CompletableFuture.supplyAsync(() -> writeNow(entries), thread);
        } catch (RejectedExecutionException e) {
            throw new Refusal(503, "too many answers are being written; try again in a moment");
        }
        context.future(() -> written.thenAccept(failure -> {
            context.contentType("application/json");
            if (failure.isEmpty()) {
                context.result(Json.bytes(Map.of("written", entries.size())));
            } else {
                context.status(503).result(Json.error(failure));
            }
        }));
    }

    /** Writes; returns why that was not possible, or an empty text. */
    private String writeNow(List<ReferenceEntry> entries) {
        try {
            sink.write(entries);
            LOG.info("Answered on the page: {} in topic of references", entries.size());
            return "";
        } catch (IOException | RuntimeException e) {
            LOG.warn("An answer could not be written: {}", e.getMessage());
            return "the answer could not be written: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the process is stopping";
        }
    }

    private static String name(Visitor visitor) {
        return visitor.name().isEmpty() ? "dashboard" : visitor.name();
    }
}
