package io.hedgerow.dashboard.http;

import io.hedgerow.audit.LogException;
import io.hedgerow.dashboard.events.BusyException;
import io.hedgerow.dashboard.events.UnreachableException;
import io.hedgerow.dashboard.security.Gate;
import io.hedgerow.dashboard.security.Refusal;
import io.hedgerow.dashboard.security.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands before every answer of the page: who asks, and what a browser may make of it. Health and metrics are let through. */
final class Filter {
    private static final Logger LOG = LoggerFactory.getLogger(Filter.class);
    private static final Set<String> OPEN = Set.of("/livez", "/readyz", "/metrics");
    private static final String LOGIN = "/login";
    private static final String VISITOR = "hedgerow.visitor";

    private final Gate gate;

    Filter(Gate gate) {
        this.gate = gate;
    }

    void addTo(RoutesConfig routes) {
        routes.before(this::before);
        routes.exception(Refusal.class, (refusal, context) -> refuse(context, refusal.status(), text(refusal)));
        routes.exception(BusyException.class, (busy, context) -> refuse(context, 503, text(busy)));
        routes.exception(UnreachableException.class, (away, context) -> refuse(context, 503, text(away)));
        routes.exception(CompletionException.class, (failure, context) -> {
            Throwable cause = failure.getCause();
            if (cause instanceof BusyException || cause instanceof UnreachableException) {
                refuse(context, 503, text(cause));
            } else if (cause instanceof Refusal refusal) {
                refuse(context, refusal.status(), text(refusal));
            } else if (cause instanceof LogException) {
                refuse(context, 409, text(cause));
            } else {
                LOG.warn("{} could not be answered", context.path(), failure);
                refuse(context, 500, "this failed; the log says why");
            }
        });
    }

    /** Who asks. */
    Visitor visitor(Context context) {
        Visitor visitor = context.attribute(VISITOR);
        if (visitor == null) {
            throw new Refusal(401, "nobody was let in");
        }
        return visitor;
    }

    private void before(Context context) {
        if (OPEN.contains(context.path())) {
            return;
        }
        Headers.secure(context.res());
        if (LOGIN.equals(context.path())) {
            gate.requireHost(context.req());
        } else {
            context.attribute(VISITOR, gate.admit(context.req()));
        }
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static void refuse(Context context, int status, String message) {
        context.status(status);
        if (context.path().startsWith("/api/")) {
            context.contentType("application/json").result(Json.error(message));
        } else {
            context.contentType("text/plain; charset=utf-8").result(message + "\n");
        }
    }
}
