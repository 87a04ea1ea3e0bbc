package io.hedgerow.compiler.process;

import com.sun.management.OperatingSystemMXBean;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.engine.ProcessStatus;
import java.lang.management.ManagementFactory;

/**
 * Memory that the child may take. In a container, or on a small machine, that is what this process leaves of it: otherwise the
 * system would choose whom to kill, and might choose this process.
 *
 * @param bytes at most
 * @param remedy what gives it more
 */
record MemoryBudget(long bytes, String remedy) {

    static MemoryBudget of(CompileLimits limits) {
        // a container's memory, where there is one
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return of(
                limits,
                memory,
                Math.max(0, ProcessStatus.resident(ProcessHandle.current().pid())));
    }

    /**
     * Room for the child beside this process.
     *
     * @param memory of the container or machine; not positive where that is unknown
     * @param taken of it by this process
     */
    static MemoryBudget of(CompileLimits limits, long memory, long taken) {
        long left = memory - taken;
        return memory > 0 && left < limits.bytes()
                ? new MemoryBudget(
                        Math.max(0, left),
                        "this process leaves no more of the %d MB that this machine or container has"
                                .formatted(memory >> 20))
                : new MemoryBudget(limits.bytes(), "limits.compile-bytes, or --compile-bytes, allows more");
    }
}
