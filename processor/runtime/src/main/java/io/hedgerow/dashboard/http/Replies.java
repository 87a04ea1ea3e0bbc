package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.security.Refusal;
import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is sent back, once it is known. */
final class Replies {
    private static final int PNG = 0x89;

    private Replies() {}

    static void json(Context context, Object value) {
        context.contentType("application/json").result(Json.bytes(value));
    }

    /** Sends what is found; null is not found, in these words. */
    static void json(Context context, CompletableFuture<? extends @Nullable Object> value, String missing) {
        context.future(() -> value.thenAccept(found -> {
            if (found == null) {
                throw new Refusal(404, missing);
            }
            json(context, found);
        }));
    }

    static void image(Context context, byte[] file) {
        context.contentType((file[0] & 0xff) == PNG ? "image/png" : "image/jpeg")
                .result(file);
    }
}
