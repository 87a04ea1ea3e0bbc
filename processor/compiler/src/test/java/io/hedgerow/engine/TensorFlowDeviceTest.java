package io.hedgerow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig;

class TensorFlowDeviceTest {
    @ParameterizedTest
    @CsvSource({
        "cpu, cpu, /device:CPU:0",
        "cpu:0, cpu, /device:CPU:0",
        "cpu:3, cpu:3, /device:CPU:3",
        "gpu:0, gpu:0, /device:GPU:0",
        "gpu:12, gpu:12, /device:GPU:12",
    })
    void shouldReadNames(String name, String shown, String placement) {
        TensorFlowDevice device = TensorFlowDevice.parse(name);

        assertThat(device).hasToString(shown);
        assertThat(device.placement()).isEqualTo(placement);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "GPU:0", "gpu:-1", "gpu:64", "gpu:100", "tpu:0", "cpu:", "cpu:1 "})
    void shouldRefuseWhatNamesNone(String name) {
        assertThatThrownBy(() -> TensorFlowDevice.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFindWhatTensorFlowHasHere() {
        assertThat(TensorFlowRuntime.devices()).contains("cpu:0");
        assertThat(TensorFlowDevice.best())
                .isEqualTo(TensorFlowDevice.gpus().isEmpty() ? List.of(TensorFlowDevice.CPU) : TensorFlowDevice.gpus());
    }

    @Test
    void shouldKeepSessionsOfTheCpuFromGpusAndTakeTheirMemoryAsItIsNeeded() {
        ConfigProto cpu = TensorFlowDevice.parse("cpu:2").session();
        assertThat(cpu.getDeviceCountMap()).containsEntry("CPU", 3).containsEntry("GPU", 0);
        assertThat(cpu.getAllowSoftPlacement()).isFalse();

        ConfigProto gpu = TensorFlowDevice.parse("gpu:1").session();
        assertThat(gpu.getAllowSoftPlacement()).isFalse();
        assertThat(gpu.getGpuOptions().getAllowGrowth()).isTrue();
        assertThat(gpu.getGpuOptions().getPerProcessGpuMemoryFraction()).isZero();
        TensorFlowRuntime.limitGpuMemory(0.25);
        try {
            assertThat(TensorFlowDevice.parse("gpu:1").session().getGpuOptions().getPerProcessGpuMemoryFraction())
                    .isEqualTo(0.25);
        } finally {
            TensorFlowRuntime.limitGpuMemory(1);
        }
    }

    @Test
    void shouldLeaveProcessorsToOthersWhileThreadsWait() {
        for (String device : List.of("cpu", "gpu:1")) {
            assertThat(TensorFlowDevice.parse(device)
                            .session()
                            .getExperimental()
                            .getDisableThreadSpinning())
                    .isTrue();
        }
    }

    @Test
    void shouldOptimiseGraphsOnceOnACpuAndAsUsualOnAGpu() {
        RewriterConfig cpu = rewriting("cpu");
        assertThat(cpu.getMetaOptimizerIterations()).isEqualTo(RewriterConfig.NumIterationsType.ONE);
        assertThat(cpu.getMemoryOptimization()).isEqualTo(RewriterConfig.MemOptType.NO_MEM_OPT);
        assertThat(rewriting("gpu:1").getMetaOptimizerIterations())
                .isEqualTo(RewriterConfig.NumIterationsType.DEFAULT_NUM_ITERS);
    }

    private static RewriterConfig rewriting(String device) {
        return TensorFlowDevice.parse(device).session().getGraphOptions().getRewriteOptions();
    }
}
