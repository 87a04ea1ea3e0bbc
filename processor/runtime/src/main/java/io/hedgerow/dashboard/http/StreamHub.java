package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.feed.Feed;
import io.hedgerow.dashboard.security.Refusal;
import io.hedgerow.dashboard.view.FeedEvent;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of changes, as server-sent events: at most four updates a second to each of a bounded number of readers, from one
 * thread. A reader that takes nothing for five seconds is dropped. Thread-safe.
 */
public final class StreamHub implements AutoCloseable {
    // RATIONALE: Why does the stream hold no thread, and no queue?
    /** Readers at a time. */
    public static final int MOST_READERS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration LOOKED_AT = Duration.ofSeconds(10);
    private static final int FEED = 20;

    private final Overview overview;
    private final String start = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final Map<StreamReader, HttpServletRequest> readers = new LinkedHashMap<>();
    private final Changes changes;
    private final ScheduledExecutorService thread;
    private volatile long lookedAt = System.nanoTime() - LOOKED_AT.toNanos();
    private volatile int count;

    /** Begins. */
    public StreamHub(Overview overview) {
        this.overview = overview;
        changes = new Changes(overview);
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "hedgerow-dashboard-stream");
            daemon.setDaemon(true);
            return daemon;
        });
        var unused = thread.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether anybody has looked within the last seconds. */
    public boolean isLookedAt() {
        return count > 0 || System.nanoTime() - lookedAt < LOOKED_AT.toNanos();
    }

    /** How many readers there are. */
    public int readers() {
        return count;
    }

    /** Notes that somebody looks, though not at the stream. */
    void look() {
        lookedAt = System.nanoTime();
    }

    /** Answers with the stream, which ends when the reader goes, or is too slow. */
    void open(Context context) throws IOException {
        HttpServletRequest request = context.req();
        HttpServletResponse response = context.res();
        synchronized (this) {
            if (readers.size() >= MOST_READERS) {
                throw new Refusal(503, "%d pages are open, which is as many as there may be".formatted(MOST_READERS));
            }
            response.setStatus(200);
            response.setContentType("text/event-stream; charset=utf-8");
            response.setHeader("X-Accel-Buffering", "no");
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            // Behind what a page that has just read the state may have missed; it knows what it has.
            long feedSeen = Math.max(0, overview.feed().taken() - FEED);
            StreamReader reader = new StreamReader(response.getOutputStream(), feedSeen, System.nanoTime());
            readers.put(reader, request);
            count = readers.size();
            var unused = reader.done().whenComplete((nothing, failure) -> forget(reader));
            reader.greet(greeting(request.getHeader("Last-Event-ID")));
            context.future(reader::done);
            response.getOutputStream().setWriteListener(reader);
        }
    }

    /** Who was here before a restart has missed what nobody knows. */
    private String greeting(@Nullable String last) {
        String resync = last == null || last.startsWith(start + "-") ? "" : "event: resync\ndata: {}\n\n";
        return "retry: 2000\n\n" + resync;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        List<StreamReader> all;
        synchronized (this) {
            all = new ArrayList<>(readers.keySet());
        }
        all.forEach(StreamReader::end);
    }

    private synchronized void forget(StreamReader reader) {
        readers.remove(reader);
        count = readers.size();
    }

    private void tick() {
        try {
            send(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.warn("The page's stream missed an update", e);
        }
    }

    private synchronized void send(long now) {
        if (readers.isEmpty()) {
            return;
        }
        changes.look(now);
        Map<StreamReader, HttpServletRequest> stuck = new LinkedHashMap<>();
        // Those that fail are forgotten meanwhile.
        new LinkedHashMap<>(readers).forEach((reader, request) -> {
            if (now - reader.offer(new Update(), now) > LONGEST_WAIT.toNanos()) {
                stuck.put(reader, request);
            }
        });
        stuck.forEach((reader, request) -> {
            LOG.debug("A reader of the page's stream took nothing for {} s", LONGEST_WAIT.toSeconds());
            // An answer that waits for its reader can't be ended otherwise.
            ServletContextRequest.getServletContextRequest(request)
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
            reader.end();
        });
    }

    /** What one reader is sent, written while the hub is held. */
    private final class Update implements StreamReader.Update {
        private long taken;

        @Override
        public String text(long seen, long feedSeen, long silentNanos) {
            StringBuilder text = new StringBuilder();
            changes.write(text, seen);
            Feed.News news = overview.feed().since(feedSeen, FEED);
            taken = news.taken();
            if (!news.events().isEmpty()) {
                FeedNews fresh = new FeedNews(
                        news.events(), taken - feedSeen - news.events().size());
                text.append("event: feed\ndata: ")
                        .append(new String(Json.bytes(fresh), StandardCharsets.UTF_8))
                        .append("\n\n");
            }
            if (text.length() > 0) {
                return "id: " + start + "-" + changes.last() + "\n" + text;
            }
            return silentNanos > SILENCE.toNanos() ? ": still here\n\n" : "";
        }

        @Override
        public long seen() {
            return changes.last();
        }

        @Override
        public long feedSeen() {
            return taken;
        }
    }

    private record FeedNews(List<FeedEvent> events, long dropped) {}
}
