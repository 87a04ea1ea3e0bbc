package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.DemoDataWriter;
import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
    @TempDir
    private static Path folder;

    private static Path config;

    @BeforeAll
    static void configure() throws IOException {
        Path model = BundledModel.SURFACE_BIASED.unpack(folder);
        config = Files.writeString(
                folder.resolve("hedgerow.yaml"),
                """
                kafka:
                  bootstrap.servers: localhost:9092
                registry:
                  schema.registry.url: mock://profile
                models:
                  - name: surface
                    path: %s
                """
                        .formatted(model));
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayWhatAFolderShowsAndWriteItForViRelAy() throws Exception {
        Path data = folder.resolve("parts");
        new DemoDataWriter(new SurfaceGenerator(4), StickerPolicy.BIASED).write(data, 240, done -> {});
        Files.writeString(data.resolve("images/broken.jpg"), "no picture");
        Path project = folder.resolve("project");

        int code = run(data.resolve("images").toString(), "--out", project.toString());

        assertThat(code).as("a picture is broken").isEqualTo(1);
        assertThat(err.toString()).contains("broken.jpg: ").doesNotContain("\tat ");
        assertThat(out.toString()).contains("all classes together: 240 maps").contains("stain: spectral gap");
        assertThat(project.resolve("project.yaml")).exists();
        assertThat(project.resolve("analysis.h5")).exists();
    }

    @Test
    void shouldSayThatAFolderIsMissingOrEmpty() throws Exception {
        assertThat(run(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere: there is no such folder");

        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(run(empty.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("empty: there is no picture in it");
    }

    @Test
    void shouldSayWhichModelsThereAre() throws Exception {
        Path pictures = Files.createDirectories(folder.resolve("some"));
        Files.writeString(pictures.resolve("a.jpg"), "no picture");

        assertThat(run("--model", "others", pictures.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("model others is not configured; known: surface");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("profile", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
