package io.hedgerow.it;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process says of itself under {@code /metrics}. */
final class Metric {
    private Metric() {}

    /**
     * The sum of all values of a metric.
     *
     * @param port of the process
     * @param tag that the values have, such as {@code device="cpu"}; empty for all values
     */
    static double sum(int port, String name, String tag) throws IOException, InterruptedException {
        String text = Http.get("http://127.0.0.1:" + port + "/metrics");
        Matcher line = Pattern.compile("(?m)^" + name + "(\\{[^}]*})? (\\S+)$").matcher(text);
        double sum = 0;
        while (line.find()) {
            sum += String.valueOf(line.group(1)).contains(tag) ? Double.parseDouble(line.group(2)) : 0;
        }
        return sum;
    }
}
