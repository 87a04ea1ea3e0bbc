package io.hedgerow.monitor.delivery;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Posts JSON. Follows no redirects and reads no bodies: whatever a receiver answers costs nothing. Thread-safe. */
final class HttpPost {
    private static final Duration LONGEST_WISH = Duration.ofDays(1);

    private final HttpClient client;
    private final Duration patience;

    /** Takes how long to wait for an answer. */
    HttpPost(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    /** Sends, and answers within the time; never exceptionally. */
    CompletableFuture<Answer> send(URI address, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("content-type", "application/json")
                .header("user-agent", "hedgerow")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<Void>> response = client.sendAsync(request.build(), unused -> new NoBody());
        return response.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((answered, failure) -> {
                    response.cancel(true);
                    return answered == null ? failed(failure) : answer(answered);
                });
    }

    private Answer failed(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean late = cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException;
        return new Answer(
                0,
                null,
                late ? "no answer within %d ms".formatted(patience.toMillis()) : "it can't be reached: " + cause);
    }

    private static Answer answer(HttpResponse<Void> response) {
        Duration wish = response.headers()
                .firstValue("retry-after")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(asked -> asked.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : asked)
                .orElse(null);
        return new Answer(response.statusCode(), wish, "");
    }

    /** Ends the response before its body. */
    private static final class NoBody implements BodySubscriber<Void> {
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        @Override
        public CompletionStage<Void> getBody() {
            return done;
        }

        @Override
        @SuppressWarnings("NullAway") // the body of a type that has no values
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
            done.complete(null);
        }

        @Override
        public void onNext(List<ByteBuffer> item) {}

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {}
    }
}
