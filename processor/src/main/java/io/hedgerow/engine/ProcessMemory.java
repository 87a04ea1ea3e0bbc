package io.hedgerow.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * What this process holds.
 *
 * @param heapBytes of objects that are still reachable
 * @param residentBytes of physical memory, native memory included; -1 where the system does not tell
 * @param nativeObjects tensors and other memory outside the heap that Java code owns and has not freed
 */
public record ProcessMemory(long heapBytes, long residentBytes, long nativeObjects) {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** Collects garbage, and looks. */
    public static ProcessMemory now() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new ProcessMemory(heap, resident(), Pointer.totalCount());
    }

    private static long resident() {
        try {
            List<String> lines = Files.readAllLines(STATUS);
            return lines.stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }
}
