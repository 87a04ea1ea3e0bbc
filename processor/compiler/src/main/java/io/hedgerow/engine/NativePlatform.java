package io.hedgerow.engine;

import java.net.URL;
import java.util.List;
import java.util.Locale;

/** The operating system and processor, in the words of TensorFlow's Maven classifiers. */
record NativePlatform(String os, String arch) {

    static NativePlatform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static NativePlatform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String os = name.startsWith("linux")
                ? "linux"
                : name.startsWith("mac") ? "macosx" : name.startsWith("windows") ? "windows" : name;
        String arch =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64", "x64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> osArch;
                };
        return new NativePlatform(os, arch);
    }

    /** The file that is always there when a platform's artifact is on the class path. */
    String jniLibrary() {
        return switch (os) {
            case "windows" -> "jnitensorflow.dll";
            case "macosx" -> "libjnitensorflow.dylib";
            default -> "libjnitensorflow.so";
        };
    }

    /**
     * Finds this platform's libraries on the class path, the GPU build first.
     *
     * @return the resource folder and the address of its JNI library
     * @throws EngineException if there are none
     */
    NativeResources find(ClassLoader loader) {
        for (String classifier : List.of(os + "-" + arch + "-gpu", os + "-" + arch)) {
            String folder = "org/tensorflow/internal/c_api/" + classifier + "/";
            URL url = loader.getResource(folder + jniLibrary());
            if (url != null) {
                return new NativeResources(classifier, folder, url);
            }
        }
        throw new EngineException(("no TensorFlow library for %s-%s on the class path: TensorFlow 2.16 exists for"
                        + " linux-x86_64, macosx-arm64 and windows-x86_64; on another machine set the environment"
                        + " variable TENSORFLOW_LIBRARY_PATH to a folder that holds %s")
                .formatted(os, arch, jniLibrary()));
    }
}
