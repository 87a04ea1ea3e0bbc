package io.hedgerow.evaluate.report;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.evaluate.data.Mask;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.run.CaseViews;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.render.HeatMapRenderer;
import io.hedgerow.render.Overlay;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Cases as small pictures inside the page: the picture itself and every method's map, with the class's outline. */
final class CasePictures {
    private static final int SIDE = 224;
    private static final int INSIDE = 0xffffff;
    private static final int OUTSIDE = 0x000000;

    private final HeatMapRenderer renderer = new HeatMapRenderer(SIDE);
    private final CaseViews views;
    private final Map<String, Sample> samples = new HashMap<>();

    CasePictures(CaseViews views, List<Sample> samples) {
        this.views = views;
        samples.forEach(sample -> this.samples.put(sample.name(), sample));
    }

    /** Addresses that hold the pictures themselves, by what they show; empty if the case can't be made again. */
    Map<String, String> of(String picture, int index) throws IOException {
        Sample sample = samples.get(picture);
        Optional<CaseViews.View> view = sample == null ? Optional.empty() : views.of(sample, index);
        Map<String, String> pictures = new LinkedHashMap<>();
        if (view.isPresent()) {
            Mask mask = view.get().mask();
            pictures.put(
                    "picture",
                    address(outlined(small(view.get().image()), view.get().image(), mask)));
            for (Map.Entry<String, SignedMap> map : view.get().maps().entrySet()) {
                Overlay overlay = new Overlay(view.get().image(), map.getValue(), List.of(), "", "");
                pictures.put(
                        map.getKey(),
                        address(outlined(renderer.render(overlay), view.get().image(), mask)));
            }
        }
        return pictures;
    }

    private static BufferedImage small(DecodedImage image) {
        double zoom = (double) SIDE / Math.max(image.width(), image.height());
        int width = (int) Math.max(1, Math.round(image.width() * zoom));
        int height = (int) Math.max(1, Math.round(image.height() * zoom));
        BufferedImage large = image.toBufferedImage();
        // halving first: a single step would leave most pixels out
        while (large.getWidth() >= 2 * width && large.getHeight() >= 2 * height) {
            large = scaled(large, large.getWidth() / 2, large.getHeight() / 2);
        }
        return scaled(large, width, height);
    }

    private static BufferedImage scaled(BufferedImage picture, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = scaled.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(picture, 0, 0, width, height, null);
        g.dispose();
        return scaled;
    }

    /** White just inside, black just outside: seen on any picture. */
    private static BufferedImage outlined(BufferedImage view, DecodedImage image, @Nullable Mask mask) {
        if (mask == null) {
            return view;
        }
        int width = view.getWidth();
        int height = view.getHeight();
        boolean[] inside = new boolean[width * height];
        for (int i = 0; i < inside.length; i++) {
            int row = i / width;
            int x = (int) ((i % width + 0.5) * image.width() / width);
            int y = (int) ((row + 0.5) * image.height() / height);
            inside[i] = mask.get(Math.min(image.width() - 1, x), Math.min(image.height() - 1, y));
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean own = inside[y * width + x];
                boolean isEdge = (x + 1 < width && inside[y * width + x + 1] != own)
                        || (x > 0 && inside[y * width + x - 1] != own)
                        || (y + 1 < height && inside[(y + 1) * width + x] != own)
                        || (y > 0 && inside[(y - 1) * width + x] != own);
                if (isEdge) {
                    view.setRGB(x, y, own ? INSIDE : OUTSIDE);
                }
            }
        }
        return view;
    }

    private static String address(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, "jpg", out)) {
            throw new IOException("no JPEG writer in this Java runtime");
        }
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
