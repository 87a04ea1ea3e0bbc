package io.hedgerow.it;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Three readers of the dashboard's stream in a process of their own; one of them takes nothing. */
final class StreamReaders {
    private static final int LITTLE = 4096;

    private StreamReaders() {}

    /** The process: the port to read from. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        List<Socket> open = new ArrayList<>();
        open.add(open(port, LITTLE));
        for (int i = 0; i < 2; i++) {
            Socket reader = open(port, 1 << 20);
            open.add(reader);
            Thread thread = new Thread(() -> read(reader), "reader-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        new CountDownLatch(1).await();
    }

    private static Socket open(int port, int buffer) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream()
                .write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static void read(Socket socket) {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("the stream ended, and the measurement is worth nothing");
    }
}
