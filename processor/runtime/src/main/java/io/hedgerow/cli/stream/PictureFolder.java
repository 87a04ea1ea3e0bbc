package io.hedgerow.cli.stream;

import io.hedgerow.Explanation;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.console.Version;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.service.PictureExplaining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The pictures of a folder and of all folders in it, by name; hidden files are none. */
final class PictureFolder {
    private static final int BATCH = 32;

    private final CommandSpec spec;
    private final List<Path> pictures;

    /** Finds them; refuses a folder that isn't there, or has none. */
    PictureFolder(CommandSpec spec, Path folder) throws IOException {
        this.spec = spec;
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), folder + ": there is no such folder");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            pictures = files.filter(Files::isRegularFile)
                    .filter(one -> !one.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        if (pictures.isEmpty()) {
            throw new ParameterException(spec.commandLine(), folder + ": there is no picture in it");
        }
    }

    /** How many there are. */
    int count() {
        return pictures.size();
    }

    /** What is done with a picture that was explained. */
    interface Explained {
        void take(Path picture, Explanation explanation) throws IOException;
    }

    /**
     * Explains them with a model, and says in a line why of each that can't be.
     *
     * @param model its name; empty if the configuration has one
     * @return how many can't be
     */
    int explain(HedgerowConfig config, String model, Explained taken) throws IOException {
        int[] refused = {0};
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr());
                PictureExplaining explaining = new PictureExplaining(config, model, Version.current(), bar::show)) {
            for (int from = 0; from < pictures.size(); from += BATCH) {
                explaining.explain(
                        pictures.subList(from, Math.min(pictures.size(), from + BATCH)), new PictureExplaining.Told() {
                            @Override
                            public void explained(Path picture, Explanation explanation) {
                                try {
                                    taken.take(picture, explanation);
                                } catch (IOException e) {
                                    refused(picture, e.toString());
                                }
                            }

                            @Override
                            public void refused(Path picture, String why) {
                                refused[0]++;
                                spec.commandLine().getErr().println("hedgerow: " + picture + ": " + why);
                            }
                        });
                bar.show(Math.min(pictures.size(), from + BATCH), pictures.size(), "Explaining pictures");
            }
        }
        return refused[0];
    }
}
