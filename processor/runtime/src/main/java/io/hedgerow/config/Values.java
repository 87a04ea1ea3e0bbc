package io.hedgerow.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of keys, each checked as it is asked for, and a note of what was asked. For one thread. */
final class Values {
    private final Path folder;
    private final Entries entries;
    private final Map<String, String> effective = new LinkedHashMap<>();
    private final Map<String, Key<?>> keys = new LinkedHashMap<>();

    /** Takes the folder that relative paths start from. */
    Values(Path folder, Entries entries) {
        this.folder = folder;
        this.entries = entries;
    }

    /** The value of a key, or its default. */
    <T> T get(Key<T> key) {
        return get(key, key.path());
    }

    /** The value of a key of list entry {@code index}. */
    <T> T get(Key<T> key, int index) {
        return get(key, key.path().replace("[]", "[" + index + "]"));
    }

    private <T> T get(Key<T> key, String path) {
        keys.put(key.path(), key);
        String set = entries.text(path);
        String text = set == null ? key.fallback() : set;
        if (text == null) {
            throw entries.error(path, path + " is missing: " + key.doc());
        }
        effective.put(path, text.isEmpty() ? text : Secrets.mask(path, text));
        try {
            return key.parser().apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            String expected = key.type() + (key.range().isEmpty() ? "" : ", " + key.range());
            throw entries.error(path, path + ": '" + text + "' is not allowed; expected: " + expected);
        }
    }

    /** Whether a key is set. */
    boolean isSet(String path) {
        return entries.text(path) != null;
    }

    /** Whether a list has an entry of this index. */
    boolean isSet(String list, int index) {
        String prefix = list + "[" + index + "].";
        return entries.paths().stream().anyMatch(path -> path.startsWith(prefix));
    }

    /** A path relative to the file. */
    Path resolve(String path) {
        return folder.resolve(path);
    }

    /** Settings that are handed on as they are. */
    ClientSettings clients(Key<String> key, String required) {
        keys.put(key.path(), key);
        String prefix = key.path().substring(0, key.path().length() - 1);
        Map<String, String> values = new HashMap<>();
        for (String path : entries.paths()) {
            String text = entries.text(path);
            if (path.startsWith(prefix) && text != null) {
                values.put(path.substring(prefix.length()), text);
            }
        }
        if (!values.containsKey(required)) {
            throw entries.error(prefix + required, prefix + required + " is missing");
        }
        ClientSettings settings = new ClientSettings(values);
        settings.masked().forEach((name, value) -> effective.put(prefix + name, value));
        return settings;
    }

    /** An error about the value of a key. */
    ConfigurationException error(String path, String message) {
        return entries.error(path, message);
    }

    /** What was asked for so far, with secrets hidden. */
    Map<String, String> effective() {
        return Collections.unmodifiableMap(effective);
    }

    /** The keys that were asked for so far, each once. */
    List<Key<?>> keys() {
        return List.copyOf(keys.values());
    }
}
