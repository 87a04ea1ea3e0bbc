package io.hedgerow.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The least severe of TensorFlow's own log lines that reach standard error. Its library reads that from the process's
 * environment alone, which Java can't change, but the C library can.
 */
final class NativeLogLevel {
    private static final Logger log = LoggerFactory.getLogger(NativeLogLevel.class);
    private static final String VARIABLE = "TF_CPP_MIN_LOG_LEVEL";
    /** What ends the process: what TensorFlow calls an error includes advice on processors. */
    private static final String FATAL = "3";

    private NativeLogLevel() {}

    /** Sets {@code TF_CPP_MIN_LOG_LEVEL} to 3 unless the environment has it. Without effect once TensorFlow has logged. */
    static void limit(Map<String, String> environment) {
        if (environment.containsKey(VARIABLE) || Platform.isWindows()) {
            return;
        }
        try {
            int unused = NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {VARIABLE, FATAL, 0});
        } catch (LinkageError e) {
            // a temporary folder where nothing may be run, as JNA needs one: TensorFlow's lines do no harm
            log.debug("TensorFlow's own log can't be limited: {}", e.toString());
        }
    }
}
