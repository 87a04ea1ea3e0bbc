package io.hedgerow.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.cli.console.Table;
import io.hedgerow.cli.console.WorkFolder;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.process.ChildCompiler;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.models.ModelRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow devices}: what there is to compute on, and whether it computes right. */
@Command(
        name = "devices",
        description =
                "Lists the devices that TensorFlow has here, and tests each with a bundled model: whether its scores"
                        + " and maps are the CPU's, and how fast it is.")
public final class DevicesCommand implements Callable<Integer> {
    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "Test this device, such as gpu:1, in place of all; may be given several times.")
    private List<String> names = List.of();

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Set<TensorFlowDevice> devices = devices();
        List<DeviceTrial.Result> results = new ArrayList<>();
        try (WorkFolder work = new WorkFolder("devices");
                DeviceTrial test = new DeviceTrial(
                        new ModelRepository(
                                UserCache.of(System.getenv()),
                                new ChildCompiler(CompileLimits.DEFAULT),
                                CompileProgress.NONE),
                        work.path())) {
            for (TensorFlowDevice device : devices) {
                results.add(test.run(device));
            }
        }
        print(results);
        return results.stream().allMatch(result -> result.problem().isEmpty())
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private Set<TensorFlowDevice> devices() {
        Set<TensorFlowDevice> devices = new LinkedHashSet<>();
        if (names.isEmpty()) {
            devices.add(TensorFlowDevice.CPU);
            devices.addAll(TensorFlowDevice.gpus());
        }
        for (String name : names) {
            try {
                devices.add(TensorFlowDevice.parse(name));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--device " + name + ": takes cpu, cpu:N or gpu:N", e);
            }
        }
        return devices;
    }

    private void print(List<DeviceTrial.Result> results) throws JsonProcessingException {
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(new ObjectMapper()
                            .writeValueAsString(
                                    results.stream().map(DevicesCommand::object).toList()));
            return;
        }
        Table table = new Table().row("device", "test", "score difference", "map difference", "images/s", "to the CPU");
        for (DeviceTrial.Result result : results) {
            if (result.problem().isEmpty() || result.imagesPerSecond() > 0) {
                table.row(
                        result.device(),
                        result.problem().isEmpty() ? "passed" : "FAILED",
                        "%.1e".formatted(result.scoreDifference()),
                        "%.1e".formatted(result.mapDifference()),
                        "%.1f".formatted(result.imagesPerSecond()),
                        "%.2f".formatted(result.toCpu()));
            } else {
                table.row(result.device(), "FAILED");
            }
        }
        spec.commandLine().getOut().print(table);
        for (DeviceTrial.Result result : results) {
            if (!result.problem().isEmpty()) {
                spec.commandLine().getErr().println("hedgerow: " + result.device() + ": " + result.problem());
            }
        }
    }

    private static Map<String, Object> object(DeviceTrial.Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("device", result.device().toString());
        object.put("passed", result.problem().isEmpty());
        if (!result.problem().isEmpty()) {
            object.put("problem", result.problem());
        }
        if (result.imagesPerSecond() > 0) {
            object.put("score_difference", result.scoreDifference());
            object.put("map_difference", result.mapDifference());
            object.put("images_per_second", result.imagesPerSecond());
            object.put("to_cpu", result.toCpu());
        }
        return object;
    }
}
