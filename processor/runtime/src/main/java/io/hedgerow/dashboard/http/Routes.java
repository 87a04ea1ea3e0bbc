package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.security.Gate;
import io.hedgerow.dashboard.security.Refusal;
import io.hedgerow.dashboard.security.Visitor;
import io.hedgerow.dashboard.view.View;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** Which address is answered by what. Thread-safe. */
public final class Routes {
    private static final int FEED = 100;

    /** A reload that comes from this very page, so that the browser sends the cookie that it was just given. */
    private static final String WELCOME =
            "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=./\"><title>Hedgerow</title>"
                    + "<link rel=\"icon\" href=\"assets/icon.svg\">";

    private final Overview overview;
    private final Gate gate;
    private final Filter filter;
    private final StreamHub hub;
    private final EventRoutes events;
    private final Answering answering;
    private final Assets assets = new Assets();

    /** Takes what is shown. */
    public Routes(Overview overview, Gate gate, StreamHub hub, EventRoutes events, Answering answering) {
        this.overview = overview;
        this.gate = gate;
        this.filter = new Filter(gate);
        this.hub = hub;
        this.events = events;
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
        routes.get("/api/account", this::account);
        routes.get("/api/alerts/{id}/{revision}/thumbnails/{number}", this::alertPicture);
        events.addTo(routes);
        routes.post("/api/alerts/{id}/verdict", context -> answering.verdict(context, filter.visitor(context)));
        routes.post("/api/references", context -> answering.reference(context, filter.visitor(context)));
    }

    private void state(Context context) {
        hub.look();
        Visitor visitor = filter.visitor(context);
        View view = overview.view();
        Overview.MonitorState monitor = overview.monitor().get();
        Replies.json(
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
            Replies.json(
                    context, Map.of("rows", overview.view().classes(model, first, to == null ? Long.MAX_VALUE : to)));
            return;
        }
        Replies.json(
                context,
                overview.view()
                        .detail(model, Parameters.integer(context, "class"), from, to)
                        .orElseThrow(() -> new Refusal(404, "there is no such class, or nothing was seen of it yet")));
    }

    private void profiles(Context context) {
        Long from = Parameters.number(context, "from");
        Long to = Parameters.number(context, "to");
        Replies.json(
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

    /** That nothing of that time is remembered is an answer, too. */
    private void account(Context context) {
        Replies.json(
                context,
                overview.view()
                        .account(Parameters.required(context, "from"), Parameters.required(context, "to"), 0)
                        .<Object>map(account -> Map.of("account", account))
                        .orElse(Map.of()));
    }

    private void alertPicture(Context context) {
        Parameters.inPath(context, "revision");
        Replies.image(
                context,
                overview.view()
                        .thumbnail(context.pathParam("id"), Parameters.inPath(context, "number"))
                        .orElseThrow(() -> new Refusal(404, "there is no such picture, or none any more")));
    }

    private void login(Context context) {
        context.header("Set-Cookie", gate.login(context.req(), Parameters.text(context, "token")));
        context.contentType("text/html; charset=utf-8").result(WELCOME);
    }
}
