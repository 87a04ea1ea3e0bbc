package io.hedgerow.evaluate.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An annotation in Pascal VOC's XML, as ImageNet and most tools write it too. Document types and entities are not read: a hostile
 * file has no effect beyond its own.
 *
 * @param file name of the picture as the file states it; empty if it does not
 * @param width of the picture as the file states it; 0 if it does not
 * @param height the same
 */
record VocXml(String file, int width, int height, List<Item> items) {
    private static final long LARGEST = 16 << 20;

    /** An object; its box has 1 for the first pixel. */
    record Item(String name, boolean difficult, Optional<BoxOutline> box) {}

    static VocXml read(Path path) throws BadDataException {
        try {
            if (Files.size(path) > LARGEST) {
                throw new BadDataException(Reason.ANNOTATION_BAD, path.getFileName() + " has more than 16 MB");
            }
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(Files.readAllBytes(path)));
            try {
                return read(reader, path);
            } finally {
                reader.close();
            }
        } catch (IOException | XMLStreamException | RuntimeException e) {
            String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            throw new BadDataException(
                    Reason.ANNOTATION_BAD, "%s can't be read: %s".formatted(path.getFileName(), why), e);
        }
    }

    private static VocXml read(XMLStreamReader reader, Path path) throws XMLStreamException, BadDataException {
        Map<String, String> whole = new HashMap<>();
        List<Item> items = new ArrayList<>();
        boolean isAnnotation = false;
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "annotation" -> isAnnotation = true;
                    case "object" -> items.add(item(fields(reader)));
                    case "filename", "width", "height" -> {
                        String field = reader.getLocalName();
                        whole.putIfAbsent(field, reader.getElementText().strip());
                    }
                    default -> {
                        // others say nothing about where objects are
                    }
                }
            }
        }
        if (!isAnnotation) {
            throw new BadDataException(Reason.ANNOTATION_BAD, path.getFileName() + " is no annotation");
        }
        return new VocXml(whole.getOrDefault("filename", ""), size(whole, "width"), size(whole, "height"), items);
    }

    /** The texts of an element's leaves by name, the first of each; parts of an object, which have boxes too, come later. */
    private static Map<String, String> fields(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> fields = new HashMap<>();
        StringBuilder text = new StringBuilder();
        int depth = 1;
        int part = 0;
        while (depth > 0 && reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                part += reader.getLocalName().equals("part") ? 1 : 0;
                text.setLength(0);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                if (part == 0 && depth > 0) {
                    fields.putIfAbsent(reader.getLocalName(), text.toString().strip());
                }
                part -= reader.getLocalName().equals("part") ? 1 : 0;
                text.setLength(0);
            }
        }
        return fields;
    }

    private static Item item(Map<String, String> fields) {
        Optional<BoxOutline> box = Optional.empty();
        if (fields.containsKey("xmin")) {
            box = Optional.of(new BoxOutline(
                    number(fields, "xmin") - 1,
                    number(fields, "ymin") - 1,
                    number(fields, "xmax"),
                    number(fields, "ymax")));
        }
        return new Item(
                fields.getOrDefault("name", ""),
                fields.getOrDefault("difficult", "0").equals("1"),
                box);
    }

    private static double number(Map<String, String> fields, String field) {
        try {
            return Double.parseDouble(fields.getOrDefault(field, "NaN"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static int size(Map<String, String> fields, String field) {
        double size = number(fields, field);
        return size > 0 && size < Integer.MAX_VALUE ? (int) size : 0;
    }

    /** A box that the annotation states wrongly is the object's fault alone. */
    static Outline outline(Item item) {
        return item.box().<Outline>map(box -> box).orElse(mask -> {
            throw new BadDataException(Reason.ANNOTATION_BAD, "an object without a box");
        });
    }
}
