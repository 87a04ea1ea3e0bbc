package io.hedgerow.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryReadmeTest {
    private static final Path VGG = Path.of("src/test/resources/fixtures/models/vgg");

    @TempDir
    Path folder;

    @Test
    void shouldRunTheLinesThatTheReadmeShows() throws Exception {
        NpyArray images = Npy.read(VGG.resolve("input.npy"));
        ByteBuffer pixels = ByteBuffer.allocate(96 * 96 * 3 * Float.BYTES).order(ByteOrder.nativeOrder());
        pixels.put(images.data().slice(0, pixels.capacity())).flip();

        List<SignedMap> maps = LibraryExample.explain(VGG.resolve("saved_model"), folder.resolve("compiled"), pixels);

        assertThat(maps).hasSize(2).allSatisfy(map -> {
            double evidence = 0;
            for (int cell = 0; cell < map.size(); cell++) {
                evidence += Math.max(0, map.get(cell));
            }
            assertThat(map.height()).isEqualTo(96);
            assertThat(evidence).isGreaterThan(0);
        });
    }

    @Test
    void shouldShowTheLinesThatRun() throws Exception {
        String source = Files.readString(Path.of("src/test/java/io/hedgerow/example/LibraryExample.java"));

        assertThat(block(Files.readString(Path.of("../../README.md")), "```java\\n(.*?)\\n```"))
                .isEqualTo(block(source, "// \\[library]\\n(.*?)\\n *// \\[end]"));
    }

    private static String block(String text, String pattern) {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(found.find()).isTrue();
        return found.group(1).stripIndent();
    }
}
