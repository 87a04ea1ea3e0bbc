package io.hedgerow.yaml;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Binds YAML to records; an unknown or repeated key is an error. Safe for use by several threads. */
public final class StrictYaml {
    private final YAMLMapper mapper = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    /**
     * Binds a document. An empty one is bound as one without keys.
     *
     * @param yaml the text
     * @param source what errors call it: the file's path
     * @param type the record
     * @throws YamlException if the text is no YAML, or does not fit the record
     */
    public <T> T parse(String yaml, String source, Class<T> type) throws YamlException {
        try {
            boolean empty = mapper.readTree(yaml).isEmpty();
            return mapper.readValue(empty ? "{}" : yaml, type);
        } catch (UnrecognizedPropertyException e) {
            throw new YamlException(unknownKey(source, e), e);
        } catch (JsonMappingException e) {
            throw new YamlException(place(source, e.getLocation()) + ": " + path(e) + reason(e), e);
        } catch (JsonProcessingException e) {
            throw new YamlException(place(source, e.getLocation()) + ": " + firstLine(e.getOriginalMessage()), e);
        }
    }

    private static String unknownKey(String source, UnrecognizedPropertyException e) {
        TreeSet<String> known = new TreeSet<>();
        e.getKnownPropertyIds().forEach(id -> known.add(id.toString()));
        String key = e.getPropertyName();
        String meant =
                Nearest.of(key, known).map(k -> "; did you mean " + k + "?").orElse("");
        return "%s: unknown key %s%s (known here: %s)"
                .formatted(place(source, e.getLocation()), keys(e.getPath()), meant, String.join(", ", known));
    }

    private String reason(JsonMappingException e) {
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            String known = Arrays.stream(format.getTargetType().getEnumConstants())
                    .map(constant -> mapper.valueToTree(constant).asText())
                    .collect(joining(", "));
            return "%s is not one of %s".formatted(format.getValue(), known);
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return firstLine(String.valueOf(e.getCause().getMessage()));
        }
        return firstLine(e.getOriginalMessage());
    }

    private static String path(JsonMappingException e) {
        return e.getPath().isEmpty() ? "" : keys(e.getPath()) + ": ";
    }

    private static String keys(List<JsonMappingException.Reference> path) {
        String keys = path.stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                .collect(joining());
        return keys.startsWith(".") ? keys.substring(1) : keys;
    }

    private static String place(String source, JsonLocation location) {
        return location == null || location.getLineNr() < 1 ? source : source + ", line " + location.getLineNr();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
