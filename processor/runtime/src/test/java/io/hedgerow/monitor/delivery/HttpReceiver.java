package io.hedgerow.monitor.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver that behaves as it is told. */
final class HttpReceiver implements AutoCloseable {
    /** What it does with a request. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request that came. */
    record Request(String path, Headers headers, byte[] bytes, JsonNode body) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = exchange -> exchange.sendResponseHeaders(204, -1);

    HttpReceiver() throws IOException {
        this(0);
    }

    HttpReceiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(new Request(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders(),
                    body,
                    new ObjectMapper().readTree(body)));
            try (exchange) {
                behaviour.answer(exchange);
            }
        });
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    void status(int status) {
        behave(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    void hang() {
        behave(exchange -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
