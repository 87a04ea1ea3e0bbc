package io.hedgerow.evaluate.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The masks that Pascal VOC has of some pictures: of classes by their number, or of objects by theirs; 255 is left open. */
final class VocMasks {
    private static final int VOID = 255;
    private static final List<String> CLASSES = List.of(
            "aeroplane",
            "bicycle",
            "bird",
            "boat",
            "bottle",
            "bus",
            "car",
            "cat",
            "chair",
            "cow",
            "diningtable",
            "dog",
            "horse",
            "motorbike",
            "person",
            "pottedplant",
            "sheep",
            "sofa",
            "train",
            "tvmonitor");

    private final Path classes;
    private final Path objects;

    VocMasks(Path root, String stem) {
        this.classes = root.resolve("SegmentationClass").resolve(stem + ".png");
        this.objects = root.resolve("SegmentationObject").resolve(stem + ".png");
    }

    /** The mask of an object's class, or of the object where the class is none of VOC's own. */
    Optional<Outline> of(String label, int index) {
        int number = CLASSES.indexOf(label) + 1;
        if (number > 0 && Files.isRegularFile(classes)) {
            return Optional.of(new MaskFile(classes).where(value -> value == number));
        }
        return Files.isRegularFile(objects)
                ? Optional.of(new MaskFile(objects).where(value -> value == index + 1))
                : Optional.empty();
    }

    /** What counts neither as an object nor as its surroundings. */
    Optional<Outline> ignored() {
        Path file = Files.isRegularFile(classes) ? classes : objects;
        return Files.isRegularFile(file)
                ? Optional.of(new MaskFile(file).ignoring(value -> value == VOID))
                : Optional.empty();
    }
}
