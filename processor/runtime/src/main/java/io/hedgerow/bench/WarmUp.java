package io.hedgerow.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Streams events until the virtual machine has compiled the clients', the broker's and the topology's code. Its compiler would
 * otherwise take a tenth of a small machine for minutes, which a measurement would count as the cost of streaming and no process
 * that runs for days would notice.
 */
final class WarmUp {
    /** Streams so many images. */
    @FunctionalInterface
    interface Pass {
        void stream(int images) throws Exception;
    }

    /** Of a pass on devices that take no time. */
    static final int INSTANT_IMAGES = 8000;
    /** Of a pass on others. */
    static final int IMAGES = 1000;

    private static final int PASSES = 10;
    /** Share of a processor that the virtual machine's compiler takes when most is compiled. */
    private static final double COMPILED = 0.05;

    private WarmUp() {}

    /** Makes passes of so many images: enough of them that a pass's beginning is a small part of it. */
    static void run(int images, Pass pass) throws Exception {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        double share = 1;
        for (int i = 0; i < PASSES && share > COMPILED; i++) {
            long compiled = compiler.getTotalCompilationTime();
            long begin = System.nanoTime();
            pass.stream(images);
            double millis = (System.nanoTime() - begin) / 1e6;
            share = (compiler.getTotalCompilationTime() - compiled) / millis;
        }
    }
}
