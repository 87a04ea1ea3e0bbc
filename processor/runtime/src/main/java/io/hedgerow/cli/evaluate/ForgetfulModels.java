package io.hedgerow.cli.evaluate;

import io.hedgerow.cli.console.WorkFolder;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.evaluate.methods.Explained;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.evaluate.randomisation.RandomisedModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A model compiled anew with layers that have forgotten: one at a time, on the disk while it is asked and no longer. */
final class ForgetfulModels implements RandomisedModels {
    /** At the first stage the last layer alone has forgotten, then so many equal shares of the layers. */
    private static final int STAGES = 5;

    private final Compiler compiler = new Compiler();
    private final Path model;
    private final CompileOptions options;
    private final List<String> methods;
    private final long seed;
    private final Path folder;
    private final PrintWriter err;
    private final int layers;
    private final List<Integer> stages;

    /**
     * @param options that the model was compiled with
     * @param methods as the command line has them
     * @param folder to compile to; made, and deleted again, as is what a killed run left there
     * @param err told of models that can't be explained
     */
    ForgetfulModels(Path model, CompileOptions options, List<String> methods, long seed, Path folder, PrintWriter err) {
        this.model = model;
        this.options = options;
        this.methods = methods;
        this.seed = seed;
        this.folder = folder;
        this.err = err;
        delete();
        this.layers = Math.max(1, compiler.layers(model, options));
        this.stages = List.copyOf(new TreeSet<>(Stream.concat(
                        Stream.of(1),
                        IntStream.rangeClosed(1, STAGES).mapToObj(stage -> (stage * layers + STAGES - 1) / STAGES))
                .toList()));
    }

    @Override
    public List<Double> shares() {
        return stages.stream().map(stage -> stage / (double) layers).toList();
    }

    @Override
    public Map<String, List<Explained>> explain(int stage, int draw, List<Subject> subjects) {
        try {
            delete();
            compiler.compileForgetful(model, options, stages.get(stage), seed + draw, folder);
            try (EvaluatedModel forgetful = EvaluatedModel.load(model, folder)) {
                return new EvaluateMethods(forgetful, null).explained(methods, subjects);
            }
        } catch (ModelRefusedException e) {
            err.printf(
                    "hedgerow: where %d of %d layers have forgotten, the model can't be explained: %s%n",
                    stages.get(stage), layers, e.getMessage());
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete();
        }
    }

    private void delete() {
        try {
            WorkFolder.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
