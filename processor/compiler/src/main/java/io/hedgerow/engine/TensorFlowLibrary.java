package io.hedgerow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** TensorFlow's library as files, for whoever keeps it elsewhere than in the user's cache. */
public final class TensorFlowLibrary {
    // RATIONALE: Why is TensorFlow's library of 1.0.0 under classes of 1.0.0-rc.1?
    private TensorFlowLibrary() {}

    /**
     * Unpacks this machine's library, for {@code TENSORFLOW_LIBRARY_PATH} to name.
     *
     * @param folder made if need be; holds no files of the libraries' names
     * @throws IOException if they can't be written
     * @throws EngineException if there is none for this machine
     */
    public static void unpack(Path folder) throws IOException {
        NativeResources resources = NativePlatform.current().find(TensorFlowLibrary.class.getClassLoader());
        Files.createDirectories(folder);
        try (JarFile jar = resources.open()) {
            for (JarEntry entry : resources.libraries(jar)) {
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, folder.resolve(resources.fileName(entry)));
                }
            }
        }
    }
}
