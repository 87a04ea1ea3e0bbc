package io.hedgerow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;

/**
 * What devices TensorFlow has. The process's first session decides how GPUs' memory is taken, for all that follow: this one
 * has to come before DJL's own, which would take all of it at once.
 */
final class DeviceList {
    private DeviceList() {}

    static List<String> open(ConfigProto config) {
        try (PointerScope scope = new PointerScope()) {
            TF_Status status = TF_Status.newStatus();
            TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
            BytePointer serialized = new BytePointer(config.toByteArray());
            tensorflow.TF_SetConfig(options, serialized, serialized.capacity(), status);
            status.throwExceptionIfNotOK();
            TF_Graph graph = TF_Graph.newGraph();
            TF_Session session = tensorflow.TF_NewSession(graph, options, status);
            status.throwExceptionIfNotOK();
            try {
                return list(session, status);
            } finally {
                tensorflow.TF_CloseSession(session, status);
                tensorflow.TF_DeleteSession(session, status);
            }
        }
    }

    private static List<String> list(TF_Session session, TF_Status status) {
        TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
        status.throwExceptionIfNotOK();
        try {
            List<String> devices = new ArrayList<>();
            for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
                // Such as /job:localhost/replica:0/task:0/device:GPU:0; there are kinds that don't compute models, too.
                String name = tensorflow.TF_DeviceListName(list, i, status).getString();
                String last = name.substring(name.indexOf("/device:") + "/device:".length())
                        .toLowerCase(Locale.ROOT);
                if (last.startsWith("cpu:") || last.startsWith("gpu:")) {
                    devices.add(last);
                }
            }
            return List.copyOf(devices);
        } finally {
            tensorflow.TF_DeleteDeviceList(list);
        }
    }
}
