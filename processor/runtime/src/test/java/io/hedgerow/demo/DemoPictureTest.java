package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.ModelRef;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceClassifier;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.demo.surface.SurfaceSample;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.models.LoadedModel;
import io.hedgerow.models.ModelRepository;
import io.hedgerow.models.ModelSource;
import io.hedgerow.preprocess.ModelYaml;
import io.hedgerow.stream.TopologyRig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's picture is what {@code hedgerow demo} draws. */
final class DemoPictureTest {
    private static final Path PICTURE = Path.of("../../docs/demo.png");
    /** Of {@code hedgerow demo}: 60 seconds at 20 parts a second, seed 7. */
    private static final long SEED = 7;

    private static final long STICKERS_FROM = 600;
    /** One more than are drawn, so that it shows which ones are. */
    private static final int EACH = 3;

    private static final int KINDS = 8;
    private static final int TITLE = 32;
    /** More than an edge of a colour or a letter moves by when a map's relevance is rounded otherwise. */
    private static final int VISIBLE = 40;

    private static final BatchLimits LIMITS = new BatchLimits(4, Duration.ZERO, 64, 64 << 20, Duration.ofMinutes(2));

    @TempDir
    private Path folder;

    @Test
    void shouldShowInTheReadmeWhatTheDemoDraws() throws Exception {
        BufferedImage shown = ImageIO.read(PICTURE.toFile());

        BufferedImage drawn = ImageIO.read(draw().toFile());

        assertThat(drawn.getWidth()).isEqualTo(shown.getWidth());
        assertThat(drawn.getHeight()).isEqualTo(shown.getHeight());
        // On another processor relevance is rounded otherwise, which moves a few edges; two marks more or less are 680
        // of 1.4
        // million pixels. Where Java has other letters than those of the picture, they differ too: less than 5 % of it
        // is text.
        boolean sameLetters = difference(drawn, shown, 0, TITLE) == 0;
        assertThat(difference(drawn, shown, TITLE, shown.getHeight()))
                .as("pixels that differ, of %d", shown.getWidth() * shown.getHeight())
                .isLessThan(shown.getWidth() * shown.getHeight() / (sameLetters ? 2500 : 20));
    }

    private Path draw() throws IOException {
        DemoGallery gallery = new DemoGallery(folder.resolve("pictures"));
        Path directory = BundledModel.SURFACE_BIASED.unpack(folder);
        ModelYaml yaml = ModelYaml.of(directory);
        ModelSource source = new ModelSource(yaml.name(), yaml.version(), directory, yaml, CompileOptions.DEFAULT, 2);
        try (LoadedModel model = new ModelRepository(
                                new UserCache(folder.resolve("cache")), new Compiler(), CompileProgress.NONE)
                        .load(source, TensorFlowDevice.CPU, LIMITS);
                SurfaceClassifier classifier = SurfaceClassifier.load(directory);
                TopologyRig rig = new TopologyRig(TopologyRig.settings(1 << 20), null, model)) {
            DemoStream line = new DemoStream(
                    SEED,
                    STICKERS_FROM,
                    new ModelRef(model.name(), model.version()),
                    classifier::classify,
                    Clock.systemUTC());
            List<Long> parts = firstOfEachKind();
            Collections.reverse(parts);
            for (long index : parts) {
                DemoEvent event = line.event(index);
                rig.send(event.event().getId(), event.event());
                gallery.add(rig.explanations().get(0).value(), event.part());
            }
        }
        return gallery.writeSheet();
    }

    private static List<Long> firstOfEachKind() {
        SurfaceGenerator generator = new SurfaceGenerator(SEED);
        List<Long> chosen = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (long index = 0; chosen.size() < EACH * KINDS; index++) {
            SurfaceSample part =
                    generator.draw(index, index < STICKERS_FROM ? StickerPolicy.BIASED : StickerPolicy.EVERYWHERE);
            if (seen.merge(part.label() + " " + part.stickered(), 1, Integer::sum) <= EACH) {
                chosen.add(index);
            }
        }
        return chosen;
    }

    /** How many pixels of these rows differ visibly. */
    private static long difference(BufferedImage one, BufferedImage other, int from, int to) {
        long different = 0;
        for (int y = from; y < to; y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int a = one.getRGB(x, y);
                int b = other.getRGB(x, y);
                int largest = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    largest = Math.max(largest, Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF)));
                }
                different += largest > VISIBLE ? 1 : 0;
            }
        }
        return different;
    }
}
