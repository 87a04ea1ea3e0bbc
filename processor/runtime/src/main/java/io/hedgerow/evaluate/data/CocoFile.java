package io.hedgerow.evaluate.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file in COCO's format as a stream: it may have hundreds of megabytes. */
final class CocoFile {
    private static final int LONGEST_TEXT = 200_000_000;

    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_TEXT)
                            .build())
                    .build())
            .build();
    private final Path path;

    CocoFile(Path path) {
        this.path = path;
    }

    /** A picture as the file lists it; sizes are 0 if it does not state them. */
    record Picture(long id, String file, int width, int height) {}

    /**
     * What a first reading gives.
     *
     * @param classes names by category
     * @param shown categories by picture
     */
    record Index(List<Picture> pictures, Map<Long, String> classes, Map<Long, long[]> shown) {
        /** Categories that a picture shows. */
        long[] categories(long picture) {
            return shown.getOrDefault(picture, new long[0]);
        }
    }

    /** Takes an outline. */
    interface Found {
        void outline(long picture, long category, Outline outline);
    }

    private interface Item {
        void read(JsonParser parser) throws IOException;
    }

    /** Which pictures and classes there are. */
    Index index() throws IOException {
        List<Picture> pictures = new ArrayList<>();
        Map<Long, String> classes = new HashMap<>();
        Map<Long, long[]> shown = new HashMap<>();
        read(Map.of(
                "images", parser -> pictures.add(picture(parser)),
                "categories",
                        parser -> {
                            CocoCategory category = json.readValue(parser, CocoCategory.class);
                            String name = category.name();
                            classes.put(category.id(), name == null ? "category " + category.id() : name);
                        },
                "annotations",
                        parser -> {
                            CocoAnnotation annotation = CocoAnnotation.read(parser, Set.of());
                            shown.merge(annotation.picture(), new long[] {annotation.category()}, CocoFile::union);
                        }));
        if (pictures.isEmpty()) {
            throw new IOException(path + " lists no images: it is not in COCO's format of instances");
        }
        return new Index(pictures, classes, shown);
    }

    /** The outlines of some pictures. */
    void outlines(Set<Long> pictures, Found found) throws IOException {
        read(Map.of("annotations", parser -> {
            CocoAnnotation annotation = CocoAnnotation.read(parser, pictures);
            if (pictures.contains(annotation.picture())) {
                found.outline(annotation.picture(), annotation.category(), annotation.outline());
            }
        }));
    }

    private void read(Map<String, Item> sections) throws IOException {
        try (JsonParser parser = json.createParser(path.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(path + " is not in COCO's format: it begins with no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Item item = sections.get(parser.currentName());
                if (parser.nextToken() == JsonToken.START_ARRAY && item != null) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        item.read(parser);
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s, line %d: %s"
                            .formatted(
                                    path,
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNr(),
                                    e.getOriginalMessage()),
                    e);
        }
    }

    private Picture picture(JsonParser parser) throws IOException {
        CocoPicture picture = json.readValue(parser, CocoPicture.class);
        String file = picture.file_name() == null ? "image " + picture.id() : picture.file_name();
        return new Picture(picture.id(), file, picture.width(), picture.height());
    }

    private static long[] union(long[] some, long[] one) {
        for (long category : some) {
            if (category == one[0]) {
                return some;
            }
        }
        long[] more = Arrays.copyOf(some, some.length + 1);
        more[some.length] = one[0];
        return more;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record CocoPicture(long id, @Nullable String file_name, int width, int height) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record CocoCategory(long id, @Nullable String name) {}
}
