package io.hedgerow.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

class DeviceGuardTest {
    private final AttributionRequest harmless = request(0);
    private final AttributionRequest poison = request(1);

    @Test
    void shouldBlameTheRequestIfTheDeviceStillComputes() {
        DeviceGuard guard = guard(requests -> {
            if (requests.contains(poison)) {
                throw new TranslateException("bad picture");
            }
            return List.of();
        });

        assertThatThrownBy(() -> guard.apply(List.of(poison)))
                .isInstanceOf(TranslateException.class)
                .hasMessage("bad picture");
    }

    @Test
    void shouldBlameTheDeviceIfItComputesNothing() {
        List<Integer> calls = new ArrayList<>();
        DeviceGuard guard = guard(requests -> {
            calls.add(requests.size());
            throw new TranslateException("CUDA_ERROR_LAUNCH_FAILED");
        });

        assertThatThrownBy(() -> guard.apply(List.of(poison, poison)))
                .isExactlyInstanceOf(DeviceException.class)
                .hasMessage("device gpu:0 does not compute: CUDA_ERROR_LAUNCH_FAILED");
        assertThat(calls).containsExactly(2, 1);
    }

    @Test
    void shouldLeaveAloneWhatTheModelSaysOfAnImage() {
        DeviceGuard guard = guard(requests -> {
            throw new ArithmeticException("not finite");
        });

        assertThatThrownBy(() -> guard.apply(List.of(poison))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldKnowTensorFlowsOwnWordForTooLittleMemory() {
        DeviceGuard guard = guard(requests -> {
            try {
                fill(1L << 50);
            } catch (RuntimeException e) {
                throw new TranslateException(e);
            }
            return List.of();
        });

        assertThatThrownBy(() -> guard.apply(List.of(poison, poison)))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageStartingWith("the memory of device gpu:0 is not enough for a batch of 2: ")
                .hasMessageContaining("OOM");
    }

    private DeviceGuard guard(BatchFunction<AttributionRequest, Attribution> model) {
        return new DeviceGuard(model, "gpu:0", harmless);
    }

    private static void fill(long bytes) {
        try (Graph graph = new Graph();
                Session session = new Session(graph, TensorFlowDevice.CPU.session())) {
            Ops ops = Ops.create(graph);
            var huge = ops.withName("huge").fill(ops.constant(new long[] {bytes}), ops.constant((byte) 1));
            session.runner().fetch(huge).run().close();
        }
    }

    private static AttributionRequest request(int first) {
        TensorSpec spec = new TensorSpec(1, 1, 1, ElementType.UINT8);
        ByteBuffer pixel = ByteBuffer.allocate(1).order(ByteOrder.nativeOrder()).put(0, (byte) first);
        return new AttributionRequest(
                new ImageTensor(pixel, spec, MapTransform.IDENTITY),
                new int[] {AttributionRequest.TOP},
                Map.of("ratio", 1f));
    }
}
