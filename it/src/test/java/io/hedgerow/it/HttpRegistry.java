package io.hedgerow.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A schema registry of two requests, for processes that share no memory: register a schema, and find it by its id. */
final class HttpRegistry implements AutoCloseable {
    /** Subjects that contain this are refused. */
    static final String REFUSED = "refused";

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    HttpRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/subjects/", this::register);
        server.createContext("/schemas/ids/", this::find);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private synchronized void register(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().contains(REFUSED)) {
            answer(exchange, 409, Map.of("error_code", 409, "message", "incompatible with version 1"));
            return;
        }
        String schema = json.readTree(exchange.getRequestBody()).get("schema").asText();
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        answer(exchange, 200, Map.of("id", schemas.indexOf(schema) + 1));
    }

    private void find(HttpExchange exchange) throws IOException {
        int id = Integer.parseInt(exchange.getRequestURI().getPath().replaceFirst(".*/", ""));
        if (id < 1 || id > schemas.size()) {
            answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema " + id + " not found"));
        } else {
            answer(exchange, 200, Map.of("schema", schemas.get(id - 1)));
        }
    }

    private void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
