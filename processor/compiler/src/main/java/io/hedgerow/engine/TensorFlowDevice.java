package io.hedgerow.engine;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig;

/**
 * A device of this process's TensorFlow, by the name that configurations have for it: {@code gpu:1}, or {@code cpu}, which is
 * short for {@code cpu:0}.
 *
 * <p>{@code cpu:1} and so on are TensorFlow's logical CPU devices: they share the machine's cores, and stand in for several
 * GPUs where there are none.
 *
 * @param index from 0, at most {@value #LARGEST_INDEX}
 */
public record TensorFlowDevice(Type type, int index) {
    // RATIONALE: Why is a session opened before DJL's?
    /** Kinds of devices. */
    public enum Type {
        CPU,
        GPU
    }

    /** All of the machine's cores. */
    public static final TensorFlowDevice CPU = new TensorFlowDevice(Type.CPU, 0);

    private static final int LARGEST_INDEX = 63;
    private static final Pattern NAME = Pattern.compile("cpu|(cpu|gpu):(\\d{1,2})");

    public TensorFlowDevice {
        if (index < 0 || index > LARGEST_INDEX) {
            throw new IllegalArgumentException("device " + index + ": takes 0 to " + LARGEST_INDEX);
        }
    }

    /**
     * Reads a device's name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TensorFlowDevice parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + name + "' is no device; write cpu, cpu:N or gpu:N");
        }
        return matcher.group(1) == null
                ? CPU
                : new TensorFlowDevice(
                        Type.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), Integer.parseInt(matcher.group(2)));
    }

    /** The GPUs that TensorFlow has here, or else the CPU; at least one. Starts TensorFlow. */
    public static List<TensorFlowDevice> best() {
        List<TensorFlowDevice> gpus = gpus();
        return gpus.isEmpty() ? List.of(CPU) : gpus;
    }

    /** The GPUs that TensorFlow has here. Starts TensorFlow. */
    public static List<TensorFlowDevice> gpus() {
        return TensorFlowRuntime.devices().stream()
                .map(TensorFlowDevice::parse)
                .filter(device -> device.type() == Type.GPU)
                .toList();
    }

    /** Whether TensorFlow has it here; it has as many logical CPUs as are asked for. Starts TensorFlow. */
    public boolean exists() {
        return type == Type.CPU || gpus().contains(this);
    }

    /** As nodes of a graph name it. */
    public String placement() {
        return "/device:" + type + ":" + index;
    }

    /**
     * Settings of a session for graphs that are placed on this device: an absent device is an error, memory of GPUs is taken
     * as it is needed, and none at all by sessions of the CPU. Starts TensorFlow.
     */
    public ConfigProto session() {
        TensorFlowRuntime.start();
        ConfigProto.Builder config = TensorFlowRuntime.session().setAllowSoftPlacement(false);
        if (type == Type.GPU) {
            return config.setGpuOptions(TensorFlowRuntime.memory(config.getGpuOptions()))
                    .build();
        }
        // Here TensorFlow's memory optimiser changes nothing, and a second round of the others next to nothing; both
        // together take half of what a large model's first explanation takes.
        // RATIONALE: Why does TensorFlow optimise a graph only once on a CPU?
        config.getGraphOptionsBuilder()
                .getRewriteOptionsBuilder()
                .setMemoryOptimization(RewriterConfig.MemOptType.NO_MEM_OPT)
                .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE);
        return config.putDeviceCount("CPU", index + 1).putDeviceCount("GPU", 0).build();
    }

    @Override
    public String toString() {
        return equals(CPU) ? "cpu" : type.name().toLowerCase(Locale.ROOT) + ":" + index;
    }
}
