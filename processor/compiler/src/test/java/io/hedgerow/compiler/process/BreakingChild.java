package io.hedgerow.compiler.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** A child that dies in the way that the request's signature names. */
final class BreakingChild {
    private BreakingChild() {}

    public static void main(String[] args) throws Exception {
        Request request = new ObjectMapper().readValue(new Scanner(System.in, "UTF-8").nextLine(), Request.class);
        System.out.println(new ChildMessage(ChildMessage.Kind.STEP, "breaking", "", 1, 2).line());
        List<Object> held = new ArrayList<>();
        switch (String.valueOf(request.options().signature())) {
            case "ABORT" ->
                new ProcessBuilder("kill", "-ABRT", "" + ProcessHandle.current().pid())
                        .start()
                        .waitFor();
            case "EXIT" -> {
                System.err.println("F0000 tensor.cc:1 Check failed: a == b");
                System.exit(42);
            }
            case "HEAP" -> {
                while (true) {
                    held.add(new byte[1 << 20]);
                }
            }
            case "NATIVE" -> {
                Path file = Files.createTempFile("breaking", "");
                while (true) {
                    held.add(touched(file));
                }
            }
            case "BUG" ->
                System.out.println(
                        ChildMessage.of(ChildMessage.Kind.BROKEN, "java.lang.IllegalStateException: a mistake")
                                .line());
            default -> Thread.sleep(600_000);
        }
        Thread.sleep(600_000);
    }

    /** 64 MB that are not Java's. */
    private static ByteBuffer touched(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE,
                StandardOpenOption.CREATE)) {
            ByteBuffer memory = channel.map(FileChannel.MapMode.PRIVATE, 0, 64 << 20);
            for (int i = 0; i < memory.capacity(); i += 4096) {
                memory.put(i, (byte) 1);
            }
            return memory;
        }
    }
}
