package io.hedgerow.cli.stream;

import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.LearnedReference;
import io.hedgerow.MapGroup;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.monitor.detect.Sentences;
import io.hedgerow.monitor.profile.Observation;
import io.hedgerow.monitor.stream.FolderReference;
import io.hedgerow.monitor.virelay.ProjectSample;
import io.hedgerow.monitor.virelay.ViRelAyProject;
import io.hedgerow.service.Connection;
import io.hedgerow.service.RegistryWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hedgerow profile}: what a model looks at in a folder of pictures. */
@Command(
        name = "profile",
        description =
                "Explains a folder of pictures with a model of a configuration, and says where its maps lie: a reference for"
                        + " monitoring, and groups for ViRelAy.")
public final class ProfileCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, hedgerow.yaml.")
    private Path file = Path.of("");

    @Option(names = "--model", paramLabel = "NAME", description = "Name of the model (default: the only one).")
    private String model = "";

    @Option(
            names = "--reference",
            description = "Make what the pictures show the reference that monitoring compares with, in its topic.")
    private boolean reference;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write pictures, maps and groups of them there, as a project of ViRelAy.")
    private @Nullable Path out;

    @Parameters(arity = "1", paramLabel = "DIR", description = "Folder of pictures, with all folders in it.")
    private Path folder = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        HedgerowConfig config = ConfigReader.read(file, System.getenv());
        PictureFolder pictures = new PictureFolder(spec, folder);
        if (!reference) {
            return profile(config, pictures, entries -> {});
        }
        Connection connection = Connection.of(config);
        RegistryWait.until(connection.registry(), connection.timeout());
        try (MonitorTopicLogs logs = new MonitorTopicLogs(connection)) {
            logs.requireReferences();
            return profile(config, pictures, entries -> {
                logs.write(entries);
                spec.commandLine()
                        .getOut()
                        .println("Monitoring compares with that, by topic "
                                + logs.topics().references());
            });
        }
    }

    private interface Learned {
        void take(List<ReferenceEntry> entries) throws IOException, InterruptedException;
    }

    private int profile(HedgerowConfig config, PictureFolder pictures, Learned taken)
            throws IOException, InterruptedException {
        FolderReference learned = new FolderReference(config.monitor());
        List<ProjectSample> samples = new ArrayList<>();
        String[] method = {""};
        int refused = pictures.explain(config, model, (picture, explanation) -> {
            Observation seen = learned.add(explanation);
            method[0] = explanation.getMethod().getName();
            if (out != null && seen != null && !seen.map().blind()) {
                samples.add(sample(picture, explanation, seen));
            }
        });
        List<ReferenceEntry> entries = learned.entries();
        entries.forEach(entry -> spec.commandLine().getOut().println(describe(entry)));
        if (entries.isEmpty()) {
            throw new IOException("%d of %d pictures in %s could be explained; a reference takes 100 of all classes"
                    .formatted(pictures.count() - refused, pictures.count(), folder));
        }
        Path project = out;
        if (project != null) {
            Map<Integer, Double> gaps =
                    new ViRelAyProject(model(entries), method[0], learned.labels()).write(project, samples);
            gaps.forEach((index, gap) -> spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: spectral gap %.1f%s%n",
                            name(index, learned.labels().getOrDefault(index, "")),
                            gap,
                            gap >= 4 ? ", groups apart from each other" : ""));
            spec.commandLine().getOut().println("virelay " + project.resolve(ViRelAyProject.FILE));
        }
        taken.take(entries);
        return refused == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static ProjectSample sample(Path picture, Explanation explanation, Observation seen) throws IOException {
        ClassExplanation explained = explanation.getClasses().stream()
                .filter(one -> one.getClassIndex() == seen.classIndex())
                .findFirst()
                .orElseThrow();
        try {
            return ProjectSample.of(
                    picture.toString(),
                    seen.classIndex(),
                    new ImageDecoder().decode(Files.readAllBytes(picture)).upright(),
                    explained.getMap(),
                    seen.map());
        } catch (BadImageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String describe(ReferenceEntry entry) {
        String whom = name(entry.getClassIndex(), entry.getLabel());
        if (!(entry.getBody() instanceof LearnedReference learned)) {
            return whom;
        }
        StringBuilder text = new StringBuilder(whom + ": " + learned.getEvents() + " maps");
        for (MapGroup group : learned.getGroups()) {
            text.append("; %s %s, rows %d to %d and columns %d to %d of 16"
                    .formatted(
                            Sentences.percent(group.getShare()),
                            group.getSuspicious() ? "look at one small place off the middle" : "are alike",
                            group.getRow() + 1,
                            group.getRow() + group.getRows(),
                            group.getColumn() + 1,
                            group.getColumn() + group.getColumns()));
        }
        return text.toString();
    }

    private static String name(int index, String label) {
        return index == -1 ? "all classes together" : label.isEmpty() ? "class " + index : label;
    }

    private static String model(List<ReferenceEntry> entries) {
        return (entries.get(0).getModel().getName() + " "
                        + entries.get(0).getModel().getVersion())
                .strip();
    }
}
