package io.hedgerow.engine;

import ai.djl.engine.Engine;
import ai.djl.tensorflow.engine.javacpp.JavacppUtils;
import ai.djl.tensorflow.engine.javacpp.LibUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Starts DJL's TensorFlow engine with libraries that came from Maven Central with everything else.
 *
 * <p>DJL would download natives at run time and report usage: both are off. {@code org.tensorflow} must not be touched
 * before {@link #start()}, or JavaCPP looks for libraries on its own.
 */
public final class TensorFlowRuntime {
    // RATIONALE: Why is TensorFlow's log off?
    private static final Logger log = LoggerFactory.getLogger(TensorFlowRuntime.class);
    private static final String LIBRARY_PATH = "TENSORFLOW_LIBRARY_PATH";
    private static final String MEMORY_SHARE = "hedgerow.gpu.memory-share";
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

    /**
     * Unpacks TensorFlow's library where it has not been unpacked before, and loads nothing. Safe from any thread.
     *
     * @throws EngineException if this machine has no library, or no room for it
     */
    public static void unpack() {
        if (library().isEmpty()) {
            System.setProperty(LIBRARY_PATH, Unpacked.FOLDER.toString());
        }
    }

    /** The folder of the library that is used, once that is decided. */
    public static Optional<String> library() {
        return Optional.ofNullable(System.getenv(LIBRARY_PATH))
                .or(() -> Optional.ofNullable(System.getProperty(LIBRARY_PATH)));
    }

    private static final class Unpacked {
        static final Path FOLDER = new NativeCache(UserCache.of(System.getenv()))
                .unpack(NativePlatform.current().find(TensorFlowRuntime.class.getClassLoader()), VERSION);
    }

    /**
     * Limits the share of each GPU's memory that this process takes. To be called before {@link #start()}: TensorFlow decides
     * once for the whole process.
     *
     * @param share over 0, at most 1
     */
    public static void limitGpuMemory(double share) {
        System.setProperty(MEMORY_SHARE, Double.toString(share));
    }

    /** Everything that can compute here: {@code cpu:0}, {@code gpu:0} and so on. */
    static List<String> devices() {
        start();
        return Holder.DEVICES;
    }

    /**
     * DJL's settings of a session, but with threads that sleep while they wait for work: those that spin take the processor
     * from decoding and streaming, while the other half of an operation waits for what they took it from.
     */
    static ConfigProto.Builder session() {
        ConfigProto.Builder config = JavacppUtils.getSessionConfig().toBuilder();
        // RATIONALE: Why do TensorFlow's threads sleep while they wait?
        config.getExperimentalBuilder().setDisableThreadSpinning(true);
        return config;
    }

    /** How memory of GPUs is taken: as it is needed, within the limit. */
    static GPUOptions memory(GPUOptions options) {
        GPUOptions.Builder memory = options.toBuilder().setAllowGrowth(true);
        double share = Double.parseDouble(System.getProperty(MEMORY_SHARE, "1"));
        // 1 is more than TensorFlow's own default, which leaves some for the driver.
        return share < 1 ? memory.setPerProcessGpuMemoryFraction(share).build() : memory.build();
    }

    private static final class Holder {
        static final List<String> DEVICES;
        static final Engine ENGINE;

        static {
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("ai.djl.offline", "true");
            // or JavaCPP unpacks a second copy of the libraries into a cache of its own
            System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
            NativeLogLevel.limit(System.getenv());
            unpack();
            try {
                LibUtils.loadLibrary();
                ConfigProto.Builder config = session();
                DEVICES = DeviceList.open(
                        config.setGpuOptions(memory(config.getGpuOptions())).build());
                ENGINE = Engine.getEngine("TensorFlow");
                log.debug("TensorFlow {} started, with {}", ENGINE.getVersion(), DEVICES);
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
