package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As much of JSON Schema as the report's uses: types, required and additional properties, items, constants, references. */
final class Schema {
    private final JsonNode root;

    Schema(JsonNode root) {
        this.root = root;
    }

    /** What of a document does not fit, a line each. */
    List<String> problems(JsonNode document) {
        List<String> problems = new ArrayList<>();
        check(root, document, "", problems);
        return problems;
    }

    private void check(JsonNode schema, JsonNode value, String path, List<String> problems) {
        if (schema.has("$ref")) {
            check(root.at(schema.path("$ref").asText().substring(1)), value, path, problems);
            return;
        }
        if (schema.has("const") && !schema.path("const").equals(value)) {
            problems.add(path + " is " + value);
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            problems.add(path + " is " + value);
        }
        JsonNode type = schema.path("type");
        boolean fits = type.isMissingNode() || (type.isArray() ? fitsAny(type, value) : fits(type.asText(), value));
        if (!fits) {
            problems.add(path + " is " + value.getNodeType() + ", not " + type);
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                problems.add(path + " lacks " + name.asText());
            }
        }
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                JsonNode known = schema.path("properties").path(entry.getKey());
                JsonNode others = schema.path("additionalProperties");
                String inner = path + "/" + entry.getKey();
                if (!known.isMissingNode()) {
                    check(known, entry.getValue(), inner, problems);
                } else if (others.isObject()) {
                    check(others, entry.getValue(), inner, problems);
                } else if (others.isBoolean() && !others.asBoolean()) {
                    problems.add(inner + " is not known");
                }
            }
        }
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.get(i), path + "/" + i, problems);
            }
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fitsAny(JsonNode types, JsonNode value) {
        for (JsonNode type : types) {
            if (fits(type.asText(), value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber() && Double.isFinite(value.asDouble());
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }
}
