package io.hedgerow.cli.stream;

import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.console.Table;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.deadletters.DeadLetter;
import io.hedgerow.deadletters.DeadLetterReader;
import io.hedgerow.deadletters.DeadLetterTopics;
import io.hedgerow.deadletters.Replay;
import io.hedgerow.deadletters.ReplayPolicy;
import io.hedgerow.deadletters.Replayability;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hedgerow dead-letters replay}. */
@Command(
        name = "replay",
        description = "Sends dead letters back to the partition that their events came from, none of them twice.")
final class ReplayDeadLettersCommand implements Callable<Integer> {
    private static final int REASONS_SHOWN = 20;

    @Mixin
    private final DeadLetterOptions options = new DeadLetterOptions();

    @Option(names = "--dry-run", description = "List what would be replayed, and send nothing.")
    private boolean dryRun;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Map<Replayability.Kind, Long> counts = new EnumMap<>(Replayability.Kind.class);

    @Override
    public Integer call() {
        HedgerowConfig config = options.config();
        CommandLine line = spec.commandLine();
        DeadLetterTable table =
                new DeadLetterTable(line.getOut(), config.topics().input());
        ProgressBar bar = new ProgressBar(line.getErr());
        try (DeadLetterTopics topics = DeadLetterOptions.connect(config);
                DeadLetterReader reader = topics.read(options.selection())) {
            if (dryRun) {
                ReplayPolicy policy = topics.policy();
                for (List<DeadLetter> letters = reader.next(); !letters.isEmpty(); letters = reader.next()) {
                    letters.forEach(letter -> {
                        Replayability verdict = policy.judge(letter);
                        if (verdict.kind() == Replayability.Kind.REPLAYABLE) {
                            table.add(letter, verdict);
                        }
                        count(letter, verdict, bar);
                    });
                }
            } else {
                try (Replay replay = topics.replay()) {
                    for (List<DeadLetter> letters = reader.next(); !letters.isEmpty(); letters = reader.next()) {
                        replay.replay(letters, (letter, verdict) -> count(letter, verdict, bar));
                        bar.show(
                                reader.all() - reader.left(),
                                reader.all(),
                                of(Replayability.Kind.REPLAYABLE) + " replayed");
                    }
                }
            }
        } finally {
            bar.end();
        }
        line.getOut()
                .print(new Table()
                        .row(dryRun ? "would be replayed" : "replayed", of(Replayability.Kind.REPLAYABLE))
                        .row("replayed before", of(Replayability.Kind.REPLAYED))
                        .row("can't be replayed", of(Replayability.Kind.UNREPLAYABLE)));
        return CommandLine.ExitCode.OK;
    }

    private void count(DeadLetter letter, Replayability verdict, ProgressBar bar) {
        counts.merge(verdict.kind(), 1L, Long::sum);
        long unreplayable = of(Replayability.Kind.UNREPLAYABLE);
        if (verdict.kind() == Replayability.Kind.UNREPLAYABLE && unreplayable <= REASONS_SHOWN) {
            bar.end();
            String more = unreplayable < REASONS_SHOWN ? "" : " (this is not said of any more)";
            spec.commandLine().getErr().println(letter + " can't be replayed: " + verdict.detail() + more);
        }
    }

    private long of(Replayability.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }
}
