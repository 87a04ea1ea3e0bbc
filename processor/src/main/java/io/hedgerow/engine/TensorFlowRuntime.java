package io.hedgerow.engine;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts DJL's TensorFlow engine with libraries that came from Maven Central with everything else.
 *
 * <p>DJL would download natives at run time and report usage: both are off. {@code org.tensorflow} must not be touched
 * before {@link #start()}, or JavaCPP looks for libraries on its own.
 */
public final class TensorFlowRuntime {
    private static final Logger log = LoggerFactory.getLogger(TensorFlowRuntime.class);
    private static final String LIBRARY_PATH = "TENSORFLOW_LIBRARY_PATH";
    private static final String VERSION = "1.0.0";

    private TensorFlowRuntime() {}

    /**
     * Starts the engine, once; later calls return the same. Safe from any thread.
     *
     * @return DJL's TensorFlow engine
     * @throws EngineException if this machine has no usable library
     */
    public static Engine start() {
        return Holder.ENGINE;
    }

    private static final class Holder {
        static final Engine ENGINE = load();

        private static Engine load() {
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("ai.djl.offline", "true");
            // or JavaCPP unpacks a second copy of the libraries into a cache of its own
            System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
            if (System.getenv(LIBRARY_PATH) == null && System.getProperty(LIBRARY_PATH) == null) {
                NativeResources resources = NativePlatform.current().find(TensorFlowRuntime.class.getClassLoader());
                Path folder = new NativeCache(UserCache.of(System.getenv())).unpack(resources, VERSION);
                System.setProperty(LIBRARY_PATH, folder.toString());
            }
            try {
                Engine engine = Engine.getEngine("TensorFlow");
                log.debug("TensorFlow {} started", engine.getVersion());
                return engine;
            } catch (RuntimeException | LinkageError e) {
                throw new EngineException("TensorFlow's library can't be loaded: " + rootMessage(e), e);
            }
        }

        private static String rootMessage(Throwable e) {
            Throwable root = e;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage());
        }
    }
}
