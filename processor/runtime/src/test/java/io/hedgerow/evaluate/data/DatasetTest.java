package io.hedgerow.evaluate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format, opened as the command line opens it. */
class DatasetTest {
    private static final String COCO =
            """
            {"info": {"year": 2026}, "annotations": [
              {"id": 1, "image_id": 7, "category_id": 3, "segmentation": [[1, 0, 3, 0, 3, 2, 1, 2]], "bbox": [0, 0, 4, 3]},
              {"id": 2, "image_id": 7, "category_id": 5, "iscrowd": 1, "segmentation": {"size": [3, 4], "counts": [3, 3, 6]}},
              {"id": 3, "image_id": 8, "category_id": 3, "bbox": [2, 1, 2, 2]},
              {"id": 4, "image_id": 9, "category_id": 5, "bbox": [%s]}],
             "images": [{"id": 7, "file_name": "a.png", "width": 4, "height": 3}, {"id": 8, "file_name": "b.png"},
               {"id": 9, "file_name": "%s"}],
             "categories": [{"id": 3, "name": "cat"}, {"id": 5, "name": "dog"}]}""";

    @TempDir
    Path folder;

    private Dataset open(String kind) throws IOException {
        return DataKind.open(kind + ":" + folder);
    }

    private static List<String> names(List<Sample> samples) {
        return samples.stream().map(Sample::name).toList();
    }

    @Test
    void shouldReadCocosPolygonsRunLengthsAndBoxes() throws Exception {
        Files.writeString(folder.resolve("instances.json"), COCO.formatted("0, 0, 1, 1", "c.png"));
        Pictures.write(folder.resolve("images/a.png"), 4, 3);

        Dataset data = DataKind.open(folder.toString());
        List<Sample> samples = data.samples(Selection.all());

        assertThat(data.classes()).containsExactly("cat", "dog");
        assertThat(names(samples)).containsExactly("a.png", "b.png", "c.png");
        assertThat(samples.get(0).picture()).isNotEmpty();
        assertThat(samples.get(0).annotations().width()).isEqualTo(4);
        assertThat(Pictures.shape(samples.get(0), 4, 3)).isEqualTo("0110/0110/0000");
        Mask crowd = new Mask(4, 3);
        samples.get(0).annotations().objects().get(1).outline().paint(crowd);
        assertThat(crowd.area()).isEqualTo(3);
        assertThat(crowd.get(1, 2)).isTrue();
        assertThat(Pictures.shape(samples.get(1), 4, 3)).isEqualTo("0000/0011/0011");
    }

    @Test
    void shouldTakeOnlyPicturesThatShowWhatIsWanted() throws Exception {
        Files.writeString(folder.resolve("instances.json"), COCO.formatted("0, 0, 1, 1", "c.png"));

        List<Sample> cats = open("coco").samples(new Selection(labels -> labels.contains("cat"), 10, 1));
        List<Sample> one = open("coco").samples(new Selection(labels -> true, 1, 1));

        assertThat(names(cats)).containsExactly("a.png", "b.png");
        assertThat(one).hasSize(1);
        assertThat(names(open("coco").samples(new Selection(labels -> true, 1, 1))))
                .isEqualTo(names(one));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5, 0, 1, 1 | BOX_OUTSIDE",
                "1, 1, 0, 1 | BOX_EMPTY",
                "2, 1, -1, 1 | BOX_INVERTED",
                "1, 1, 1 | ANNOTATION_BAD",
                "1, 1, null, 1 | BOX_EMPTY"
            })
    void shouldSayWhatIsWrongWithBoxes(String box, Reason reason) throws Exception {
        Files.writeString(folder.resolve("instances.json"), COCO.formatted(box, "c.png"));
        Sample bad = open("coco").samples(Selection.all()).get(2);

        assertThatExceptionOfType(BadDataException.class)
                .isThrownBy(() -> Pictures.shape(bad, 4, 3))
                .matches(e -> e.reason() == reason, reason.name());
    }

    @ParameterizedTest
    @CsvSource({"../secret.png, NAME_OUTSIDE", "gone.png, PICTURE_MISSING"})
    void shouldNotLookForPicturesElsewhere(String name, Reason reason) throws Exception {
        Files.writeString(folder.resolve("instances.json"), COCO.formatted("0, 0, 1, 1", name));
        Sample bad = open("coco").samples(Selection.all()).stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThatExceptionOfType(BadDataException.class)
                .isThrownBy(bad::picture)
                .matches(e -> e.reason() == reason, reason.name());
    }

    @Test
    void shouldReadLongFilesOfCocoWithoutKeepingThem() throws Exception {
        Path file = folder.resolve("instances.json");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"images\":[{\"id\":1,\"file_name\":\"a.png\"}],\"annotations\":[");
            String polygon = "1.5,2.5,".repeat(200) + "3,4";
            for (int i = 0; i < 20_000; i++) {
                out.write((i == 0 ? "" : ",") + "{\"image_id\":" + (i == 0 ? 1 : 2)
                        + ",\"category_id\":1,\"segmentation\":[[" + polygon + "]]}");
            }
            out.write("]}");
        }
        List<Sample> samples = open("coco").samples(Selection.all());

        assertThat(samples.get(0).annotations().objects()).hasSize(1);
    }

    @Test
    void shouldFillPolygonsOfAHundredThousandPoints() throws Exception {
        float[] corners = new float[200_000];
        for (int i = 0; i < 100_000; i++) {
            corners[2 * i] = (float) (50 + (i % 2 == 0 ? 40 : 39) * Math.cos(2 * Math.PI * i / 100_000));
            corners[2 * i + 1] = (float) (50 + (i % 2 == 0 ? 40 : 39) * Math.sin(2 * Math.PI * i / 100_000));
        }
        Mask mask = new Mask(100, 100);
        new PolygonOutline(corners).paint(mask);

        assertThat(mask.area()).isBetween(4700, 5100);
    }

    private void voc(String name, String objects) throws IOException {
        Path file = folder.resolve("Annotations").resolve(name + ".xml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<annotation><filename>" + name + ".png</filename><size><width>4</width>" + "<height>3</height></size>"
                        + objects + "</annotation>");
        Pictures.write(folder.resolve("JPEGImages").resolve(name + ".png"), 4, 3);
    }

    private static String object(String label, String difficult) {
        return "<object><name>" + label + "</name><difficult>" + difficult + "</difficult><bndbox><xmin>2</xmin>"
                + "<ymin>1</ymin><xmax>3</xmax><ymax>2</ymax></bndbox><part><name>head</name><bndbox><xmin>1</xmin>"
                + "<ymin>1</ymin><xmax>1</xmax><ymax>1</ymax></bndbox></part></object>";
    }

    @Test
    void shouldReadPascalVocsBoxesAndDifficulty() throws Exception {
        voc("one", object("cat", "0") + object("sheep", "1"));

        Sample sample = open("voc").samples(Selection.all()).get(0);

        assertThat(sample.annotations().labels()).containsExactlyInAnyOrder("cat", "sheep");
        assertThat(sample.annotations().objects().get(0).difficult()).isFalse();
        assertThat(sample.annotations().objects().get(1).difficult()).isTrue();
        assertThat(Pictures.shape(sample, 4, 3)).isEqualTo("0110/0110/0000");
        assertThat(sample.picture()).isNotEmpty();
    }

    @Test
    void shouldReadPascalVocsMasksByPaletteIndexAndLeaveOutWhatIsOpen() throws Exception {
        voc("one", object("aeroplane", "0"));
        byte[] palette = new byte[256];
        palette[255] = (byte) 0xff;
        var model = new IndexColorModel(8, 256, palette, palette, palette);
        BufferedImage mask = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_INDEXED, model);
        Path file = folder.resolve("SegmentationClass/one.png");
        Pictures.mask(file, mask, 255, 0, 0, 1, 1);
        Pictures.mask(file, mask, 2, 0, 2, 4, 1);
        Pictures.mask(file, mask, 1, 2, 1, 2, 1);

        Sample sample = open("voc").samples(Selection.all()).get(0);
        Mask open = new Mask(4, 3);
        sample.annotations().ignored().paint(open);

        assertThat(Pictures.shape(sample, 4, 3)).isEqualTo("0000/0011/0000");
        assertThat(open.area()).isEqualTo(1);
        assertThat(open.get(0, 0)).isTrue();
    }

    @Test
    void shouldNotFollowEntitiesOfHostileXml() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "cat");
        Files.createDirectories(folder.resolve("Annotations"));
        Files.writeString(
                folder.resolve("Annotations/evil.xml"),
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\"><!ENTITY l \"&l2;&l2;\"><!ENTITY l2 \""
                        + "&l3;&l3;\">]><annotation><object><name>&x;</name></object></annotation>");
        Files.writeString(folder.resolve("Annotations/torn.xml"), "<annotation><object><name>cat</na");

        for (Sample sample : open("voc").samples(Selection.all())) {
            try {
                assertThat(sample.annotations().labels()).doesNotContain("cat");
            } catch (BadDataException e) {
                assertThat(e.reason()).isEqualTo(Reason.ANNOTATION_BAD);
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
    }

    @Test
    void shouldFindImageNetsPicturesInTheirOwnTree() throws Exception {
        Path xml = folder.resolve("Annotations/CLS-LOC/val/n01.xml");
        Files.createDirectories(xml.getParent());
        Files.writeString(xml, "<annotation>" + object("n01440764", "0") + "</annotation>");
        Pictures.write(folder.resolve("Data/CLS-LOC/val/n01.png"), 4, 3);

        Sample sample = open("imagenet").samples(Selection.all()).get(0);

        assertThat(sample.name()).isEqualTo("val/n01");
        assertThat(sample.picture()).isNotEmpty();
        assertThat(sample.annotations().labels()).containsExactly("n01440764");
    }

    @Test
    void shouldReadFoldersWithMasksOfTheSameNames() throws Exception {
        Pictures.write(folder.resolve("images/a.png"), 4, 3);
        Pictures.write(folder.resolve("images/b.png"), 4, 3);
        BufferedImage mask = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
        Pictures.mask(folder.resolve("masks/a.png"), mask, 1, 0, 1, 2, 1);
        Pictures.mask(folder.resolve("masks/b.png"), new BufferedImage(5, 3, 10), 255, 0, 0, 2, 1);
        Files.writeString(folder.resolve("labels.csv"), "file,label\na.png,scratch\n");

        List<Sample> samples = DataKind.open(folder.toString()).samples(Selection.all());

        assertThat(samples.get(0).annotations().labels()).containsExactly("scratch");
        assertThat(Pictures.shape(samples.get(0), 4, 3)).isEqualTo("0000/1100/0000");
        assertThat(samples.get(1).annotations().labels()).isEmpty();
        assertThatExceptionOfType(BadDataException.class)
                .isThrownBy(() -> Pictures.shape(samples.get(1), 4, 3))
                .matches(e -> e.reason() == Reason.MASK_SIZE);
    }

    @Test
    void shouldTakeFoldersAsClasses() throws Exception {
        Pictures.write(folder.resolve("images/cat/a.png"), 4, 3);
        Pictures.write(folder.resolve("images/dog/a.png"), 4, 3);

        assertThat(open("folder").classes()).containsExactly("cat", "dog");
        assertThat(names(open("folder").samples(Selection.all()))).containsExactly("cat/a.png", "dog/a.png");
    }

    @Test
    void shouldReadLabelmesShapes() throws Exception {
        Pictures.write(folder.resolve("a.png"), 4, 3);
        Files.writeString(
                folder.resolve("a.json"),
                "{\"imagePath\": \"C:\\\\photos\\\\a.png\", \"imageWidth\": 4, \"imageHeight\": 3, \"shapes\": ["
                        + "{\"label\": \"cat\", \"shape_type\": \"rectangle\", \"points\": [[3, 2], [1, 1]]},"
                        + "{\"label\": \"dog\", \"shape_type\": \"line\", \"points\": [[3, 2], [1, 1]]}]}");

        Sample sample =
                DataKind.open(folder.toString()).samples(Selection.all()).get(0);

        assertThat(sample.picture()).isNotEmpty();
        assertThat(Pictures.shape(sample, 4, 3)).isEqualTo("0000/0110/0000");
        assertThatExceptionOfType(BadDataException.class)
                .isThrownBy(
                        () -> sample.annotations().objects().get(1).outline().paint(new Mask(4, 3)))
                .matches(e -> e.reason() == Reason.SHAPE_UNKNOWN);
    }

    @Test
    void shouldReadYolosBoxesAndPolygons() throws Exception {
        Pictures.write(folder.resolve("images/val/a.png"), 4, 4);
        Files.createDirectories(folder.resolve("labels/val"));
        Files.writeString(
                folder.resolve("labels/val/a.txt"), "1 0.5 0.5 0.5 0.5\n0 0 0 0.5 0 0.5 0.5 0 0.5\n7 .5 .5 .2 .2\n");
        Files.writeString(folder.resolve("data.yaml"), "names: {0: cat, 1: dog}\n");

        Sample sample =
                DataKind.open(folder.toString()).samples(Selection.all()).get(0);
        Mask polygon = new Mask(4, 4);
        sample.annotations().objects().get(1).outline().paint(polygon);

        assertThat(sample.annotations().labels()).containsExactlyInAnyOrder("cat", "dog", "class 7");
        assertThat(Pictures.shape(sample, 4, 4)).isEqualTo("0000/0110/0110/0000");
        assertThat(polygon.area()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"coca:", "voc:", "coco:"})
    void shouldSayWhatToDoWhereNothingCanBeOpened(String kind) {
        assertThatIOException()
                .isThrownBy(() -> DataKind.open(kind + folder).samples(Selection.all()))
                .withMessageMatching("(?s).*(did you mean coco\\?|no XML files|no instances.json).*");
    }
}
