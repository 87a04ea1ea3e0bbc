package io.hedgerow.dashboard.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.dashboard.security.Refusal;
import java.io.IOException;
import java.util.Map;

/** Values as JSON, what is null left out. */
final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

    private Json() {}

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of the page's that is no JSON", e);
        }
    }

    /** What was wrong, in the form in which all errors are told. */
    static byte[] error(String message) {
        return bytes(Map.of("error", message));
    }

    /** An object that a browser sent. */
    static JsonNode object(byte[] text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // said below
        }
        throw new Refusal(400, "the body is no JSON object");
    }
}
