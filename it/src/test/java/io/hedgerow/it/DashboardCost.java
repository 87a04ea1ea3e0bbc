package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures, outside of all builds, what the dashboard costs the service, and what it asks of a browser. */
class DashboardCost {
    private static final int RATE = Integer.getInteger("cost.rate", 1_000);
    private static final int SECONDS = Integer.getInteger("cost.seconds", 30);
    private static final int PAIRS = Integer.getInteger("cost.pairs", 5);
    private static final int BROWSER_RATE = 100;

    /** Longer than the server goes on reading for those who have gone. */
    private static final int SETTLING = Integer.getInteger("cost.settling", 12);

    private static final int LOOKS = 5;
    private static final double OPENING_MILLIS = 3_000;
    private static final double MILLIS = 1e6;
    private static final double MEGABYTES = 1e6;

    @TempDir
    private Path folder;

    /** What a turn took; milliseconds of CPU for an event, megabytes after a collection. */
    private record Turn(boolean read, double perEvent, double perSecond, double heap) {}

    @Test
    void cpuOfAnEventBesideThreeReaders() throws Exception {
        List<Double> quotients = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        try (SimulatedLine line = new SimulatedLine(folder, RATE)) {
            // Until everything is compiled, the reference is learned and what is remembered is full.
            for (boolean read : new boolean[] {true, false}) {
                say("warm-up", turn(line, read, 2 * SECONDS));
            }
            for (int pair = 0; pair < PAIRS; pair++) {
                boolean readFirst = pair % 2 == 1;
                Turn first = turn(line, readFirst, SECONDS);
                Turn second = turn(line, !readFirst, SECONDS);
                Turn read = readFirst ? first : second;
                Turn unread = readFirst ? second : first;
                for (Turn each : List.of(first, second)) {
                    say("pair " + (pair + 1), each);
                    turns.add(each);
                    assertThat(each.perSecond()).as("events a second").isGreaterThan(0.97 * RATE);
                }
                quotients.add(read.perEvent() / unread.perEvent());
            }
        }
        quotients.sort(Comparator.naturalOrder());
        double least = turns.stream().mapToDouble(Turn::heap).min().orElseThrow();
        double most = turns.stream().mapToDouble(Turn::heap).max().orElseThrow();
        System.out.printf(
                "three readers to none: %.4f of the CPU an event, median of %d pairs from %.4f to %.4f%n",
                quotients.get(quotients.size() / 2), PAIRS, quotients.get(0), quotients.get(quotients.size() - 1));
        System.out.printf(
                "heap after collection: %.1f to %.1f MB, which is %.1f %%%n", least, most, 100 * (most / least - 1));
    }

    @Test
    void longTasksOfABrowser() throws Exception {
        try (SimulatedLine line = new SimulatedLine(folder, BROWSER_RATE);
                Browser browser = new Browser()) {
            browser.open("http://127.0.0.1:" + line.port() + "/", 1280, 900, "light");
            browser.run(
                    """
                    window.tasks = [];
                    new PerformanceObserver(list => list.getEntries().forEach(task => tasks.push([task.startTime, task.duration])))
                        .observe({type: "longtask", buffered: true});
                    """);
            browser.see(".feed-list li");
            TimeUnit.SECONDS.sleep(2L * SECONDS);
            @SuppressWarnings("unchecked") // the script's own list
            List<List<Number>> tasks = (List<List<Number>>) browser.run("return tasks");
            double[] sorted = tasks.stream()
                    .mapToDouble(task -> task.get(1).doubleValue())
                    .sorted()
                    .toArray();
            System.out.printf(
                    "long tasks within %d s at %d events a second: %d of 50 ms and more, %d of them in the first 3 s;"
                            + " 95 %% take no longer than %.0f ms, the longest %.0f ms%n",
                    2 * SECONDS,
                    BROWSER_RATE,
                    sorted.length,
                    tasks.stream()
                            .filter(task -> task.get(0).doubleValue() < OPENING_MILLIS)
                            .count(),
                    sorted.length == 0 ? 50 : sorted[(int) Math.ceil(0.95 * sorted.length) - 1],
                    sorted.length == 0 ? 0 : sorted[sorted.length - 1]);
            assertThat(browser.all(".feed-list li")).isNotEmpty();
        }
    }

    private Turn turn(SimulatedLine line, boolean read, int seconds) throws Exception {
        Process readers = read
                ? JavaProcess.start(
                        folder.resolve("readers.log"),
                        StreamReaders.class,
                        List.of("-Xmx64m", "-XX:+UseSerialGC"),
                        Integer.toString(line.port()))
                : null;
        try {
            TimeUnit.SECONDS.sleep(SETTLING);
            SimulatedLine.Use begin = line.use();
            TimeUnit.SECONDS.sleep(seconds);
            SimulatedLine.Use end = line.use();
            assertThat(readers == null || readers.isAlive()).isTrue();
            long events = end.explained() - begin.explained();
            return new Turn(
                    read,
                    (end.cpu() - begin.cpuAfter()) / MILLIS / events,
                    (double) events / seconds,
                    Math.min(end.heap(), kept(line)) / MEGABYTES);
        } finally {
            if (readers != null) {
                readers.destroyForcibly().waitFor();
            }
        }
    }

    /** What is kept: the least of some looks, for events on their way come and go. */
    private static long kept(SimulatedLine line) throws Exception {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < LOOKS; look++) {
            TimeUnit.MILLISECONDS.sleep(300);
            least = Math.min(least, line.use().heap());
        }
        return least;
    }

    private static void say(String what, Turn turn) {
        System.out.printf(
                "%s, %s: %.4f ms of CPU an event at %.0f a second, heap %.1f MB%n",
                what, turn.read() ? "three readers" : "no reader", turn.perEvent(), turn.perSecond(), turn.heap());
    }
}
