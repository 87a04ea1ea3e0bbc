package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.events.AuditTrail;
import io.hedgerow.dashboard.events.EventPages;
import io.hedgerow.dashboard.events.EventStore;
import io.hedgerow.dashboard.events.EventStore.Address;
import io.hedgerow.dashboard.events.EventStore.Kind;
import io.hedgerow.dashboard.events.PastEvents;
import io.hedgerow.dashboard.security.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Addresses of single events: found, shown, pictured and proven. Thread-safe. */
public final class EventRoutes {
    private static final int MOST_OF_THE_PAST = 50;
    private static final String NO_TRAIL = "audit.enabled is false: no account is kept";
    private static final String NOT_COVERED =
            "no checkpoint covers the entry yet: the next one comes within audit.checkpoint-interval, if there is a key";

    private final EventStore store;
    private final EventPages pages;
    private final PastEvents past;
    private final @Nullable AuditTrail trail;

    /** Takes where events are; {@code trail} is null where no account is kept. */
    public EventRoutes(EventStore store, EventPages pages, PastEvents past, @Nullable AuditTrail trail) {
        this.store = store;
        this.pages = pages;
        this.past = past;
        this.trail = trail;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/feed", this::feed);
        routes.get("/api/find", this::find);
        routes.get("/api/events/{partition}/{offset}", this::event);
        routes.get("/api/events/{partition}/{offset}/picture", context -> picture(context, Kind.PICTURE));
        routes.get("/api/events/{partition}/{offset}/thumbnail", context -> picture(context, Kind.THUMBNAIL));
        routes.get("/api/events/{partition}/{offset}/overlay", context -> picture(context, Kind.OVERLAY));
        routes.get("/api/events/{partition}/{offset}/audit", this::audit);
        routes.get("/api/events/{partition}/{offset}/proof", this::proof);
    }

    private void feed(Context context) {
        PastEvents.Wanted wanted = new PastEvents.Wanted(
                context.queryParam("model"),
                context.queryParam("class") == null ? null : (Integer) Parameters.integer(context, "class"),
                Parameters.required(context, "from"),
                Parameters.required(context, "to"),
                MOST_OF_THE_PAST);
        context.future(() -> past.of(wanted).thenAccept(events -> Replies.json(context, Map.of("events", events))));
    }

    private void find(Context context) {
        String id = Parameters.text(context, "id");
        Replies.json(
                context,
                pages.find(id, Parameters.number(context, "time")),
                "there is no such event among the newest; give its time, or its partition and offset");
    }

    private void event(Context context) {
        Replies.json(
                context, pages.page(Parameters.address(context)), "there is no such explanation, or none any more");
    }

    private void picture(Context context, Kind kind) {
        CompletableFuture<byte @Nullable []> picture = store.picture(Parameters.address(context), kind);
        context.future(() -> picture.thenAccept(file -> {
            if (file == null) {
                throw new Refusal(404, "there is no picture: it has expired, or the event held none");
            }
            Replies.image(context, file);
        }));
    }

    /** That there is none is an answer, too: browsers take other statuses for errors of the page. */
    private void audit(Context context) {
        Address address = Parameters.address(context);
        AuditTrail kept = trail;
        if (kept == null) {
            Replies.json(context, Map.of("reason", NO_TRAIL));
            return;
        }
        context.future(() -> kept.entry(address)
                .thenAccept(entry -> Replies.json(
                        context,
                        entry == null
                                ? Map.of("reason", "there is no entry of this explanation near where it would be")
                                : entry)));
    }

    private void proof(Context context) {
        Address address = Parameters.address(context);
        AuditTrail kept = trail;
        if (kept == null) {
            Replies.json(context, Map.of("error", NO_TRAIL));
            return;
        }
        context.future(() -> kept.proof(address)
                .thenAccept(proof -> Replies.json(context, proof == null ? Map.of("error", NOT_COVERED) : proof)));
    }
}
