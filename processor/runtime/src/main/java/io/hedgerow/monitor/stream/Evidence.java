package io.hedgerow.monitor.stream;

import io.hedgerow.Example;
import io.hedgerow.RecordInput;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.render.HeatMapRenderer;
import io.hedgerow.render.Overlay;
import io.hedgerow.render.PictureFile;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws examples small, each picture under its map: JPEG files of at most 8 KB. Belongs to one thread. */
final class Evidence {
    static final int MOST_BYTES = 8 << 10;
    private static final int SIDE = 160;
    private static final float BEST = 0.85f;
    private static final float WORST = 0.2f;
    private static final float STEP = 0.15f;

    private final Pictures pictures;
    private final HeatMapRenderer renderer = new HeatMapRenderer(SIDE);

    Evidence(Pictures pictures) {
        this.pictures = pictures;
    }

    /**
     * Gives an example its thumbnail, if its picture can be found.
     *
     * @param map its map; null to show the picture alone
     * @param frame where the map lies on the picture
     */
    Example draw(Example example, @Nullable Grid map, @Nullable Frame frame) {
        RecordInput input = example.getInput();
        Optional<DecodedImage> picture = input == null ? Optional.empty() : pictures.find(input);
        picture.ifPresent(image -> example.setThumbnail(thumbnail(image, map, frame)));
        return example;
    }

    private @Nullable ByteBuffer thumbnail(DecodedImage image, @Nullable Grid map, @Nullable Frame frame) {
        Frame place = frame == null ? new Frame(0, 0, 1, 1) : frame;
        SignedMap relevance = new SignedMap(
                values(map),
                Grid.SIDE,
                Grid.SIDE,
                new MapTransform(
                        place.width() * image.width() / (double) Grid.SIDE,
                        place.left() * (double) image.width(),
                        place.height() * image.height() / (double) Grid.SIDE,
                        place.top() * (double) image.height()));
        BufferedImage drawn = renderer.render(new Overlay(image, relevance, List.of(), "", ""));
        for (float quality = BEST; quality >= WORST; quality -= STEP) {
            byte[] file = PictureFile.jpeg(drawn, quality);
            if (file.length <= MOST_BYTES) {
                return ByteBuffer.wrap(file);
            }
        }
        return null;
    }

    private static float[] values(@Nullable Grid map) {
        float[] values = new float[Grid.CELLS];
        for (int cell = 0; map != null && cell < values.length; cell++) {
            values[cell] = map.square(cell);
        }
        return values;
    }
}
