package io.hedgerow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.AlertState;
import io.hedgerow.Severity;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that say nothing, or little: they hold no thread, and not for long. */
class IdleConnectionsTest {
    private static final int MANY = Integer.getInteger("hedgerow.test.connections", 500);
    /** Beyond so many, silent ones are closed at once. */
    private static final long BOUND = 256;

    /** Before the server misses by itself what doesn't come. */
    private static final Duration BEFORE_THE_SERVER = Duration.ofSeconds(20);

    private final List<Socket> sockets = new ArrayList<>();
    private final DashboardRig rig;

    IdleConnectionsTest() throws Exception {
        rig = new DashboardRig();
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        rig.close();
    }

    @Test
    void shouldAnswerBesideConnectionsThatSayNothing() throws Exception {
        for (int i = 0; i < MANY; i++) {
            sockets.add(RawHttp.open(rig.port()));
        }

        assertThat(status("/livez")).isEqualTo(200);
        assertThat(status("/api/state")).isEqualTo(200);
        await().atMost(BEFORE_THE_SERVER)
                .untilAsserted(() -> assertThat(open()).as("open connections").isLessThanOrEqualTo(BOUND));
    }

    @Test
    void shouldAnswerBesideRequestsThatNeverEnd() throws Exception {
        for (int i = 0; i < 200; i++) {
            begin("GET /api/state HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            begin("POST /api/alerts/a1/verdict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
            begin(
                    "POST /api/references HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nX-CSRF-Token: x\r\n\r\n{");
        }

        assertThat(status("/livez")).isEqualTo(200);
        for (Socket socket : sockets) {
            socket.getOutputStream().write('x');
        }
        assertThat(status("/livez")).isEqualTo(200);
        assertThat(status("/api/state")).isEqualTo(200);
    }

    @Test
    void shouldAnswerBesideAnswersThatTrickleIn() throws Exception {
        rig.add(Records.alert("a1", "stain", Severity.WARNING, AlertState.OPENED, Instant.now()));
        String csrf = await().until(
                        () -> rig.json("/api/state"),
                        state -> state.at("/alerts/0/id").asText().equals("a1"))
                .path("csrf")
                .asText();
        for (int i = 0; i < 40; i++) {
            begin("POST /api/alerts/a1/verdict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nX-CSRF-Token: "
                    + csrf + "\r\n\r\n{");
        }

        assertThat(status("/livez")).isEqualTo(200);
        assertThat(status("/api/state")).isEqualTo(200);
    }

    /** Fails where there is no answer before the server gives up those that hold it. */
    private int status(String path) throws IOException {
        return RawHttp.status(rig.port(), "GET " + path, "Host: localhost");
    }

    private void begin(String request) throws IOException {
        Socket socket = RawHttp.open(rig.port());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
    }

    private long open() throws IOException {
        long open = 0;
        for (Socket socket : sockets) {
            open += isClosed(socket) ? 0 : 1;
        }
        return open;
    }

    /** Whether the server has closed it. */
    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
