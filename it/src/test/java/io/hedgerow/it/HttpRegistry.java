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
import org.apache.avro.Schema;

/**
 * A schema registry of three requests, for processes that share no memory: register a schema, look it up, and find it by its
 * id.
 */
final class HttpRegistry implements AutoCloseable {
    /** Subjects that contain this are refused. */
    static final String REFUSED = "refused";

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final int port;
    private HttpServer server;

    HttpRegistry() throws IOException {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    String url() {
        return "http://localhost:" + port;
    }

    /** Another id under which the registry has a schema that it has already. */
    synchronized int again(int id) {
        schemas.add(schemas.get(id - 1) + " ");
        return schemas.size();
    }

    /** Nobody answers at its address any more, until it is resumed. */
    void pause() {
        server.stop(0);
    }

    /** Answers again, and knows what it knew. */
    void resume() throws IOException {
        server = listen(port);
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        listening.createContext("/subjects/", this::register);
        listening.createContext("/schemas/ids/", this::find);
        listening.start();
        return listening;
    }

    /** Registers a schema, posted to a subject's versions, or looks it up, posted to the subject itself. */
    private synchronized void register(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.contains(REFUSED)) {
            answer(exchange, 409, Map.of("error_code", 409, "message", "incompatible with version 1"));
            return;
        }
        String posted = json.readTree(exchange.getRequestBody()).get("schema").asText();
        String schema = new Schema.Parser().parse(posted).toString();
        boolean registers = path.endsWith("/versions");
        if (registers && !schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        String subject = path.split("/")[2];
        if (id == 0) {
            answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
        } else {
            answer(exchange, 200, Map.of("subject", subject, "version", 1, "id", id, "schema", schema));
        }
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
