package io.hedgerow.models;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.engine.ProcessorFeatures;
import io.hedgerow.engine.TensorFlowDevice;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where a precision won't help. */
final class PrecisionCheck {
    private static final Logger log = LoggerFactory.getLogger(PrecisionCheck.class);

    private PrecisionCheck() {}

    static void warn(String model, Precision precision, TensorFlowDevice device) {
        if (precision == Precision.BFLOAT16 && device.type() == TensorFlowDevice.Type.CPU) {
            message(model, new ProcessorFeatures().bfloat16()).ifPresent(log::warn);
        }
    }

    /** What there is to say; empty if the processor multiplies bfloat16 numbers by itself. */
    static Optional<String> message(String model, Optional<Boolean> able) {
        if (able.isEmpty()) {
            return Optional.of("model " + model + ": precision bfloat16 helps only on a CPU with AVX512_BF16 or AMX;"
                    + " whether this one has them is unknown");
        }
        return able.get()
                ? Optional.empty()
                : Optional.of("model " + model + ": precision bfloat16 won't help, for this CPU has neither AVX512_BF16"
                        + " nor AMX; use float32");
    }
}
