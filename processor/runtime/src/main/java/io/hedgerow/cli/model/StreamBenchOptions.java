package io.hedgerow.cli.model;

import io.hedgerow.bench.MadeUpEvents;
import io.hedgerow.bench.Workload;
import io.hedgerow.cli.console.Counts;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.config.Units;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code hedgerow bench --stream}. */
final class StreamBenchOptions {
    /** What a batch takes on a simulated device. */
    record Pace(Duration perBatch, Duration perImage) {}

    private static final int MOST = 1024;
    private static final int MOST_DEVICES = 64;
    private static final long LARGEST_IMAGE = 20 << 20;
    private static final Pattern PACE = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,3})?),(\\d{1,5}(?:\\.\\d{1,3})?)");
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3})x([1-9]\\d{0,3})");

    @Option(
            names = "--images",
            paramLabel = "N",
            description =
                    "With --stream: events (default: what the devices take 15 seconds for, with --audit or --monitor 5, at least 100).")
    private @Nullable Integer images;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "With --stream: partitions of the topics (default: ${DEFAULT-VALUE}).")
    private int partitions = 4;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "With --stream: stream threads for each device (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(names = "--audit", description = "With --stream: measure the audit trail against none.")
    boolean audit;

    @Option(
            names = "--monitor",
            description = "With --stream: measure explaining with monitoring in the same process against without.")
    boolean monitor;

    @Option(
            names = "--simulate",
            paramLabel = "BATCH,IMAGE",
            description =
                    "With --stream, in place of a model: devices that do nothing but take so many milliseconds for each"
                            + " batch and for each image in it, such as 20,5.")
    private String simulate = "";

    @Option(
            names = "--devices",
            paramLabel = "N",
            description =
                    "With --simulate: how many devices (default: ${DEFAULT-VALUE}); several are compared with one.")
    int devices = 1;

    @Option(
            names = "--image-size",
            paramLabel = "WxH",
            description = "With --stream: size of the JPEG files (default: the model's input).")
    private String imageSize = "";

    @Option(
            names = "--image-bytes",
            paramLabel = "SIZE",
            description = "With --stream, in place of --image-size: about how long the JPEG files are, such as 150KB.")
    private String imageBytes = "";

    @Option(
            names = "--latency",
            description = "With --stream: measure latency too, idle and at 70 %% of what the devices reach.")
    private boolean latency;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Throws {@link ParameterException} for what is out of range. */
    void check() {
        if (images != null) {
            Counts.require(spec, "--images", images, Workload.MOST_IMAGES);
        }
        Counts.require(spec, "--partitions", partitions, MOST);
        Counts.require(spec, "--threads", threads, MOST);
        Counts.require(spec, "--devices", devices, MOST_DEVICES);
        if (audit && monitor) {
            throw wrong("--audit and --monitor: one of them is measured at a time");
        }
        if (devices > 1 && !simulates()) {
            throw wrong("--devices " + devices + ": several devices are measured with --simulate only");
        }
        if (!imageBytes.isEmpty()) {
            var unused = bytes();
        }
        if (!imageSize.isEmpty() && !SIZE.matcher(imageSize).matches()) {
            throw wrong("--image-size " + imageSize + ": takes width and height, such as 640x480");
        }
    }

    boolean simulates() {
        return !simulate.isEmpty();
    }

    Pace pace() {
        Matcher pace = PACE.matcher(simulate);
        if (!pace.matches() || Double.parseDouble(pace.group(1)) + Double.parseDouble(pace.group(2)) == 0) {
            throw wrong("--simulate " + simulate + ": takes milliseconds a batch and an image, such as 20,5");
        }
        return new Pace(millis(pace.group(1)), millis(pace.group(2)));
    }

    /** What is asked for. */
    Workload workload() {
        return new Workload(images, partitions, threads, devices, audit, monitor, latency, this::pictures);
    }

    /** Events with pictures as wanted. */
    private MadeUpEvents pictures(TensorSpec input) {
        if (!imageBytes.isEmpty()) {
            return MadeUpEvents.ofBytes(input.width(), input.height(), bytes());
        }
        if (imageSize.isEmpty()) {
            return new MadeUpEvents(input.width(), input.height());
        }
        String[] size = imageSize.split("x", -1);
        return new MadeUpEvents(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
    }

    private long bytes() {
        try {
            long bytes = Units.bytes(imageBytes);
            if (bytes >= 1 && bytes <= LARGEST_IMAGE) {
                return bytes;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // said below
        }
        throw wrong("--image-bytes " + imageBytes + ": takes a size up to 20MB, such as 150KB");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Duration millis(String text) {
        return Duration.ofNanos(Math.round(Double.parseDouble(text) * 1e6));
    }
}
