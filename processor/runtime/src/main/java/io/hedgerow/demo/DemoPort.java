package io.hedgerow.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The port of the demo's dashboard: the one that people expect, or any where something else has that. Held until it is needed. */
final class DemoPort implements AutoCloseable {
    private static final int USUAL = 8080;

    private final ServerSocket held;

    DemoPort() throws IOException {
        held = hold();
    }

    int number() {
        return held.getLocalPort();
    }

    /** Lets whoever is to listen there have it. */
    @Override
    public void close() throws IOException {
        held.close();
    }

    private static ServerSocket hold() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try {
            return new ServerSocket(USUAL, 1, here);
        } catch (BindException e) {
            return new ServerSocket(0, 1, here);
        }
    }
}
