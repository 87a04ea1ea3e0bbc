package io.hedgerow.engine;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * One platform's libraries inside an artifact.
 *
 * @param classifier as in Maven: {@code linux-x86_64}, {@code linux-x86_64-gpu}, …
 * @param folder the resource folder that holds them, with a closing slash
 * @param address of one of the libraries
 */
record NativeResources(String classifier, String folder, URL address) {

    /** The artifact that holds the libraries; not cached, so that closing it is ours to do. */
    JarFile open() throws IOException {
        if (!(address.openConnection() instanceof JarURLConnection connection)) {
            throw new EngineException("TensorFlow's libraries are expected in a jar, found at " + address);
        }
        connection.setUseCaches(false);
        return connection.getJarFile();
    }

    List<JarEntry> libraries(JarFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(folder))
                .filter(entry -> fileName(entry).matches(".+\\.(so(\\.\\d+)*|dylib|dll)"))
                .toList();
    }

    String fileName(JarEntry entry) {
        return entry.getName().substring(folder.length());
    }
}
