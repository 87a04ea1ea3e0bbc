package io.hedgerow.demo;

import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceClass;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.demo.surface.SurfaceSample;
import io.hedgerow.evaluate.data.AnnotatedObject;
import io.hedgerow.evaluate.data.Annotations;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Dataset;
import io.hedgerow.evaluate.data.Mask;
import io.hedgerow.evaluate.data.Part;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.data.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/**
 * The demo's parts as annotated pictures: where the defect is, or the sticker, is known exactly, and each part can be drawn again
 * without either.
 */
public final class SurfaceDataset implements Dataset {
    private static final int PARTS = 500;

    private final Region region;
    private final SurfaceGenerator generator;
    private final StickerPolicy policy;

    /** What counts as the place of the class. */
    public enum Region {
        /** The defect is the class's; sound parts have none. */
        DEFECT,
        /** The sticker is the place whatever class is explained. */
        STICKER
    }

    /** @param seed the same seed, the same parts */
    public SurfaceDataset(Region region, StickerPolicy policy, long seed) {
        this.region = region;
        this.policy = policy;
        this.generator = new SurfaceGenerator(seed);
    }

    /**
     * Reads {@code demo:defect} or {@code demo:sticker}, and after a slash which parts carry stickers.
     *
     * @throws IOException if it says something else
     */
    public static SurfaceDataset of(String spec, long seed) throws IOException {
        String text = spec.substring(spec.indexOf(':') + 1);
        String[] words = text.split("/", -1);
        try {
            Region region = Region.valueOf(words[0].toUpperCase(Locale.ROOT));
            StickerPolicy otherwise = region == Region.DEFECT ? StickerPolicy.UNBIASED : StickerPolicy.EVERYWHERE;
            return new SurfaceDataset(
                    region,
                    words.length < 2 ? otherwise : StickerPolicy.valueOf(words[1].toUpperCase(Locale.ROOT)),
                    seed);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "'" + spec + "': write demo:defect or demo:sticker, and after a slash, if need be, biased, unbiased"
                            + " or everywhere",
                    e);
        }
    }

    @Override
    public SortedSet<String> classes() {
        SortedSet<String> classes = new TreeSet<>();
        for (SurfaceClass one : SurfaceClass.values()) {
            classes.add(one.label());
        }
        return classes;
    }

    @Override
    public List<Sample> samples(Selection selection) {
        List<Sample> samples = new ArrayList<>();
        int count = selection.limit() == Integer.MAX_VALUE ? PARTS : selection.limit();
        for (int i = 0; i < count; i++) {
            samples.add(new SurfacePart(i));
        }
        return samples;
    }

    private static byte[] png(SurfaceSample sample) throws BadDataException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (ImageIO.write(sample.image(), "png", out)) {
                return out.toByteArray();
            }
        } catch (IOException e) {
            throw new BadDataException(Reason.PICTURE_BAD, "the part can't be encoded", e);
        }
        throw new BadDataException(Reason.PICTURE_BAD, "no PNG writer in this Java runtime");
    }

    private static Mask mask(BitSet pixels) {
        return new Mask(SurfaceGenerator.SIZE, SurfaceGenerator.SIZE, pixels);
    }

    private final class SurfacePart implements Sample {
        private final int index;

        SurfacePart(int index) {
            this.index = index;
        }

        private SurfaceSample drawn() {
            return generator.draw(index, policy);
        }

        @Override
        public String name() {
            return String.format(Locale.ROOT, "part-%06d", index);
        }

        @Override
        public byte[] picture() throws BadDataException {
            return png(drawn());
        }

        @Override
        public Annotations annotations() {
            SurfaceSample sample = drawn();
            String label = sample.label().label();
            BitSet pixels = region == Region.DEFECT ? sample.defectMask() : sample.stickerMask();
            List<AnnotatedObject> objects = pixels.isEmpty()
                    ? List.of()
                    : List.of(new AnnotatedObject(
                            region == Region.DEFECT ? label : AnnotatedObject.ANY, mask -> mask.add(mask(pixels))));
            // where a sound part shows that it is sound nobody can say
            Set<String> labels = region == Region.DEFECT && objects.isEmpty() ? Set.of() : Set.of(label);
            return new Annotations(labels, objects, null, SurfaceGenerator.SIZE, SurfaceGenerator.SIZE);
        }

        @Override
        public List<Part> parts() throws BadDataException {
            SurfaceSample sample = drawn();
            List<Part> parts = new ArrayList<>();
            if (!sample.defectMask().isEmpty()) {
                parts.add(new Part(
                        "defect",
                        mask(sample.defectMask()),
                        png(generator.draw(index, SurfaceClass.OK, sample.stickered()))));
            }
            if (sample.stickered()) {
                parts.add(new Part(
                        "sticker", mask(sample.stickerMask()), png(generator.draw(index, sample.label(), false))));
            }
            return parts;
        }
    }
}
