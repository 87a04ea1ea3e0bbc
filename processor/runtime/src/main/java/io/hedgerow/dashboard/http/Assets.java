package io.hedgerow.dashboard.http;

import io.hedgerow.dashboard.security.Refusal;
import io.hedgerow.digest.Sha256;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page's own files, from the class path: those of one folder, of three kinds, and the chart library's. Thread-safe. */
final class Assets {
    private static final String FOLDER = "/io/hedgerow/dashboard/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final Map<String, String> OTHERS =
            Map.of("uplot.js", UPLOT + "uPlot.esm.js", "uplot.css", UPLOT + "uPlot.min.css");
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "html", "text/html; charset=utf-8");

    /** Neither folders nor anything above them can be named. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}\\.(js|css|svg)");

    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asset(byte[] bytes, String tag, String type) {}

    /** Answers with the page itself. */
    void index(Context context) {
        answer(context, "index.html", "no-store");
    }

    /** Answers with a file that the page asks for. */
    void file(Context context, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Refusal(404, "there is no such file");
        }
        answer(context, name, "no-cache");
    }

    private void answer(Context context, String name, String caching) {
        Asset asset = loaded.get(name);
        if (asset == null) {
            asset = load(name);
            loaded.put(name, asset);
        }
        context.header("Cache-Control", caching);
        context.header("ETag", asset.tag());
        if (asset.tag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(asset.type()).result(asset.bytes());
        }
    }

    private static Asset load(String name) {
        String resource = OTHERS.getOrDefault(name, FOLDER + name);
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new Refusal(404, "there is no such file");
            }
            byte[] bytes = in.readAllBytes();
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
            return new Asset(bytes, '"' + Sha256.hex(bytes) + '"', type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
