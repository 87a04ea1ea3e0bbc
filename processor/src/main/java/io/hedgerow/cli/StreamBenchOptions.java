package io.hedgerow.cli;

import picocli.CommandLine.Option;

/** The options of {@code hedgerow bench --stream}. */
final class StreamBenchOptions {
    @Option(names = "--images", paramLabel = "N", description = "With --stream: events (default: ${DEFAULT-VALUE}).")
    int images = 1000;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "With --stream: partitions of the topics (default: ${DEFAULT-VALUE}).")
    int partitions = 4;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "With --stream: stream threads (default: ${DEFAULT-VALUE}).")
    int threads = 2;

    @Option(
            names = "--image-size",
            paramLabel = "WxH",
            description = "With --stream: size of the JPEG files (default: the model's input).")
    String imageSize = "";
}
