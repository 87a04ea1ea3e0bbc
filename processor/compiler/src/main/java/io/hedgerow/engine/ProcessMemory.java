package io.hedgerow.engine;

import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/**
 * What this process holds.
 *
 * @param heapBytes of objects that are still reachable
 * @param residentBytes of physical memory, native memory included; -1 where the system does not tell
 * @param nativeObjects tensors and other memory outside the heap that Java code owns and has not freed
 */
public record ProcessMemory(long heapBytes, long residentBytes, long nativeObjects) {
    /** Collects garbage, and looks. */
    public static ProcessMemory now() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new ProcessMemory(
                heap, ProcessStatus.resident(ProcessHandle.current().pid()), Pointer.totalCount());
    }
}
