package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Names of the images: each can be set by {@code -Dit.images.NAME}. */
final class Images {
    private static String hedgerow = System.getProperty("it.images.hedgerow", "");

    private Images() {}

    static String kafka() {
        return System.getProperty("it.images.kafka", "apache/kafka:4.3.1");
    }

    static String registry() {
        return System.getProperty("it.images.registry", "confluentinc/cp-schema-registry:8.1.0");
    }

    /** Our own, built of the distribution unless it is given. */
    static synchronized String hedgerow() throws Exception {
        if (hedgerow.isEmpty()) {
            ProcessBuilder build = new ProcessBuilder(
                            "docker", "build", "-q", "-f", "deploy/docker/Dockerfile", "-t", "hedgerow:it", ".")
                    .directory(Path.of("..").toFile())
                    .redirectErrorStream(true);
            Process process = build.start();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(said).isZero();
            hedgerow = "hedgerow:it";
        }
        return hedgerow;
    }
}
