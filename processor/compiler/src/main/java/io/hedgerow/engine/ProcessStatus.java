package io.hedgerow.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of processes as Linux tells it in {@code /proc/PID/status} (proc_pid_status(5)), native memory included. */
public final class ProcessStatus {
    private ProcessStatus() {}

    /** Bytes that a process has in memory now, or -1 where the operating system does not tell. */
    public static long resident(long pid) {
        return read(Long.toString(pid), "VmRSS:");
    }

    /** The most bytes that this process has had in memory, or -1 where the operating system does not tell. */
    public static long peak() {
        return read("self", "VmHWM:");
    }

    private static long read(String process, String field) {
        Path status = Path.of("/proc", process, "status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(field)) {
                    return Long.parseLong(line.substring(field.length()).replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return -1;
    }
}
