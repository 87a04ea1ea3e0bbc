package io.hedgerow.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests as no client would send them. */
final class RawHttp {
    private RawHttp() {}

    /** Sends a request line and headers; returns all that comes back until the server closes. */
    static String ask(int port, String line, String... headers) throws IOException {
        try (Socket socket = open(port)) {
            socket.getOutputStream().write(request(line, List.of(headers)));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static int status(int port, String line, String... headers) throws IOException {
        return Integer.parseInt(ask(port, line, headers).split(" ", 3)[1]);
    }

    static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] request(String line, List<String> headers) {
        StringBuilder text = new StringBuilder(line).append(" HTTP/1.1\r\nConnection: close\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
