package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.events.AuditTrail;
import io.hedgerow.dashboard.events.EventPages;
import io.hedgerow.dashboard.events.EventStore;
import io.hedgerow.dashboard.events.EventStore.Address;
import io.hedgerow.dashboard.events.EventStore.Kind;
import io.hedgerow.dashboard.security.Gate;
import io.hedgerow.dashboard.security.Refusal;
import io.hedgerow.dashboard.security.Visitor;
import io.hedgerow.dashboard.view.View;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Which address is answered by what. Thread-safe. */
public final class Routes {
    private static final int FEED = 100;
    private static final int PNG = 0x89;
    private static final String NO_TRAIL = "audit.enabled is false: no account is kept";
    private static final String NOT_COVERED =
            "no checkpoint covers the entry yet: the next one comes within audit.checkpoint-interval, if there is a key";

    /** A reload that comes from this very page, so that the browser sends the cookie that it was just given. */
    private static final String WELCOME =
            "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=./\"><title>Hedgerow</title>";

    private final Overview overview;
    private final Gate gate;
    private final Filter filter;
    private final StreamHub hub;
    private final EventStore store;
    private final EventPages pages;
    private final @Nullable AuditTrail trail;
    private final Answering answering;
    private final Assets assets = new Assets();

    /** Takes what is shown; {@code trail} is null where no account is kept. */
    public Routes(
            Overview overview,
            Gate gate,
            StreamHub hub,
            EventStore store,
            EventPages pages,
            @Nullable AuditTrail trail,
            Answering answering) {
        this.overview = overview;
        this.gate = gate;
        this.filter = new Filter(gate);
        this.hub = hub;
        this.store = store;
        this.pages = pages;
        this.trail = trail;
        this.answering = answering;
    }

    /** Adds all of them. */
    public void addTo(RoutesConfig routes) {
        filter.addTo(routes);
        routes.get("/", assets::index);
        routes.get("/assets/{file}", context -> assets.file(context, context.pathParam("file")));
        routes.get("/login", this::login);
        routes.get("/api/state", this::state);
        routes.get("/api/stream", hub::open);
        routes.get("/api/classes", this::classes);
        routes.get("/api/profiles", this::profiles);
        routes.get("/api/find", this::find);
        routes.get("/api/alerts/{id}/{revision}/thumbnails/{number}", this::alertPicture);
        routes.get("/api/events/{partition}/{offset}", this::event);
        routes.get("/api/events/{partition}/{offset}/picture", context -> picture(context, Kind.PICTURE));
        routes.get("/api/events/{partition}/{offset}/thumbnail", context -> picture(context, Kind.THUMBNAIL));
        routes.get("/api/events/{partition}/{offset}/overlay", context -> picture(context, Kind.OVERLAY));
        routes.get("/api/events/{partition}/{offset}/audit", this::audit);
        routes.get("/api/events/{partition}/{offset}/proof", this::proof);
        routes.post("/api/alerts/{id}/verdict", context -> answering.verdict(context, filter.visitor(context)));
        routes.post("/api/references", context -> answering.reference(context, filter.visitor(context)));
    }

    private void state(Context context) {
        hub.look();
        Visitor visitor = filter.visitor(context);
        View view = overview.view();
        Overview.MonitorState monitor = overview.monitor().get();
        answer(
                context,
                new StateJson(
                        overview.version(),
                        overview.applicationId(),
                        System.currentTimeMillis(),
                        visitor.writes(),
                        visitor.writes() ? gate.csrf() : null,
                        monitor.state(),
                        monitor.reason().isEmpty() ? null : monitor.reason(),
                        view.outlook(),
                        view.models(),
                        view.alerts(),
                        view.classes(),
                        overview.machine().get(),
                        overview.feed().newest(FEED)));
    }

    private void classes(Context context) {
        String model = Parameters.text(context, "model");
        Long from = Parameters.number(context, "from");
        Long to = Parameters.number(context, "to");
        if (context.queryParam("class") == null) {
            long first = from == null ? Long.MIN_VALUE : from;
            answer(context, Map.of("rows", overview.view().classes(model, first, to == null ? Long.MAX_VALUE : to)));
            return;
        }
        answer(
                context,
                overview.view()
                        .detail(model, Parameters.integer(context, "class"), from, to)
                        .orElseThrow(() -> new Refusal(404, "there is no such class, or nothing was seen of it yet")));
    }

    private void profiles(Context context) {
        Long from = Parameters.number(context, "from");
        Long to = Parameters.number(context, "to");
        answer(
                context,
                Map.of(
                        "windows",
                        overview.view()
                                .profiles(
                                        Parameters.text(context, "model"),
                                        from == null ? Long.MIN_VALUE : from,
                                        to == null ? Long.MAX_VALUE : to)
                                .orElseThrow(() ->
                                        new Refusal(404, "there is no such model, or nothing was seen of it yet"))));
    }

    private void find(Context context) {
        String id = Parameters.text(context, "id");
        answerLater(
                context,
                pages.find(id, Parameters.number(context, "time")),
                "there is no such event among the newest; give its time, or its partition and offset");
    }

    private void event(Context context) {
        answerLater(context, pages.page(Parameters.address(context)), "there is no such explanation, or none any more");
    }

    private void picture(Context context, Kind kind) {
        CompletableFuture<byte @Nullable []> picture = store.picture(Parameters.address(context), kind);
        context.future(() -> picture.thenAccept(file -> {
            if (file == null) {
                throw new Refusal(404, "there is no picture: it has expired, or the event held none");
            }
            image(context, file);
        }));
    }

    /** That there is none is an answer, too: browsers take other statuses for errors of the page. */
    private void audit(Context context) {
        Address address = Parameters.address(context);
        AuditTrail kept = trail;
        if (kept == null) {
            answer(context, Map.of("reason", NO_TRAIL));
            return;
        }
        context.future(() -> kept.entry(address)
                .thenAccept(entry -> answer(
                        context,
                        entry == null
                                ? Map.of("reason", "there is no entry of this explanation near where it would be")
                                : entry)));
    }

    private void proof(Context context) {
        Address address = Parameters.address(context);
        AuditTrail kept = trail;
        if (kept == null) {
            answer(context, Map.of("error", NO_TRAIL));
            return;
        }
        context.future(() -> kept.proof(address)
                .thenAccept(proof -> answer(context, proof == null ? Map.of("error", NOT_COVERED) : proof)));
    }

    private void alertPicture(Context context) {
        Parameters.inPath(context, "revision");
        image(
                context,
                overview.view()
                        .thumbnail(context.pathParam("id"), Parameters.inPath(context, "number"))
                        .orElseThrow(() -> new Refusal(404, "there is no such picture, or none any more")));
    }

    private void login(Context context) {
        context.header("Set-Cookie", gate.login(context.req(), Parameters.text(context, "token")));
        context.contentType("text/html; charset=utf-8").result(WELCOME);
    }

    private static void answer(Context context, Object value) {
        context.contentType("application/json").result(Json.bytes(value));
    }

    private static void answerLater(
            Context context, CompletableFuture<? extends @Nullable Object> value, String missing) {
        context.future(() -> value.thenAccept(found -> {
            if (found == null) {
                throw new Refusal(404, missing);
            }
            answer(context, found);
        }));
    }

    private static void image(Context context, byte[] file) {
        context.contentType((file[0] & 0xff) == PNG ? "image/png" : "image/jpeg")
                .result(file);
    }
}
